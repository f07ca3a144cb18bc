import { type FailureCode, failure } from '../contract/failure.ts';
import { failed, ok } from '../contract/result.ts';
import type { FileSource } from '../downloads/file-source.ts';
import type { Clock } from '../lib/clock.ts';
import { retryAfterMs } from '../lib/retry-after.ts';
import type { HttpClient } from '../network/http.ts';

/** Plain links: nobody signs in, a link is all that there is, and it leads nowhere but to its own server. */
export function createLinkSource(http: HttpClient, clock: Clock): FileSource {
  return {
    http,
    resumes: true,
    filesAtOnce: null,
    prepare: async ({ link }) => ok({ kind: 'link', link }),
    request: async ({ link }) => {
      const { origin } = new URL(link);
      return ok({
        method: 'GET',
        url: link,
        headers: { accept: '*/*' },
        trusts: (url) => url.origin === origin,
      });
    },
    // Not `access-lost`, which would end the work on all links.
    renew: async () => failed(failure('unexpected-status', 'file: HTTP 401', { status: 401 })),
    explain({ name }, { status, headers }) {
      const wait = retryAfterMs(headers['retry-after'], clock.now());
      return failure(codeOf(status), `file: HTTP ${status}`, {
        status,
        subject: name,
        ...(wait !== undefined && { retryAfterMs: wait }),
      });
    },
    explainBody: () => null,
    findAgain: async (file) => ok(file),
    check: async () => null,
    inspect: async () => [],
  };
}

function codeOf(status: number): FailureCode {
  if (status === 404 || status === 410) return 'not-found';
  if (status === 429) return 'too-many-connections';
  return status >= 500 ? 'service-down' : 'unexpected-status';
}
