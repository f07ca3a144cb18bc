import { failure } from '../../electron/contract/failure.ts';
import { ok, type Result } from '../../electron/contract/result.ts';
import type { FileReference, FileSource, Refusal } from '../../electron/downloads/file-source.ts';
import type { HttpClient } from '../../electron/network/http.ts';

export interface FakeFileSource extends FileSource {
  /** What the test decides; the rest is as a plain service would do it. */
  findAgain: FileSource['findAgain'];
  inspect: FileSource['inspect'];
  /** The token of the next request. */
  token: string;
  /** What renewing answers with; it also makes the next token. */
  renewal: () => Promise<Result<null>>;
  readonly renewals: number;
}

/** A service that knows its refusals by their status alone. */
export function createFakeFileSource(http: HttpClient): FakeFileSource {
  let renewals = 0;
  const source: FakeFileSource = {
    http,
    resumes: true,
    filesAtOnce: null,
    prepare: async ({ link }) => ok({ kind: 'link', link }),
    token: 'token-1',
    renewal: async () => ok(null),
    get renewals() {
      return renewals;
    },
    request: async (file: FileReference) =>
      ok({
        method: 'GET',
        url: file.link,
        headers: { authorization: `Bearer ${source.token}` },
        trusts: () => true,
      }),
    async renew() {
      renewals += 1;
      source.token = `token-${renewals + 1}`;
      return source.renewal();
    },
    explain: (_file, answer) => explain(answer),
    explainBody: () => null,
    findAgain: async () => ok(null),
    check: async () => null,
    inspect: async () => [],
  };
  return source;
}

function explain({ status, headers, text }: Refusal) {
  const detail = `status ${status}`;
  if (status === 403) return failure(text === 'expired' ? 'expired' : 'not-available', detail, { status });
  if (status === 404) return failure('not-found', detail, { status });
  if (status === 406) return failure('bad-request', detail, { status });
  if (status === 429) {
    const wait = headers['retry-after'];
    return failure('too-many-connections', detail, {
      status,
      ...(wait && { retryAfterMs: Number(wait) * 1000 }),
    });
  }
  if (status >= 500) return failure('service-down', detail, { status });
  return failure('unexpected-status', detail, { status });
}
