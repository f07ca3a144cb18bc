/** What tells a file from something else, and the right bytes from wrong ones. Pure. */
import { type Failure, failure } from '../contract/failure.ts';
import type { FileContent, FileReference } from '../history/file-reference.ts';

/** As many first bytes as `checkBeginning` wants to see, or all there are. */
export const BEGINNING_BYTES = 256;

const webPage = /^<(!doctype|html|head|body|\?xml|!--)/i;
const json = /^(\{\s*("|\}|$)|\[\s*[[{"\]])/;

/** Looks at the first bytes of a body: a ZIP begins with `PK`; text is neither a web page nor JSON. */
export function checkBeginning(content: FileContent, beginning: Buffer): Failure | null {
  if (beginning.length === 0) return null;
  if (content === 'zip') {
    return beginning.subarray(0, 2).toString('latin1') === 'PK'
      ? null
      : failure('not-a-file', 'a ZIP was expected, the body does not begin with PK');
  }
  const text = beginning
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (webPage.test(text)) return failure('not-a-file', 'the body is a web page');
  if (json.test(text)) return failure('not-a-file', 'the body is JSON');
  return null;
}

/** Compares what arrived with what was announced: the size, then the checksum. `md5` in lower-case hex. */
export function checkWhole(
  file: FileReference,
  arrived: { readonly size: number; readonly md5: string },
): Failure | null {
  if (arrived.size === 0 && file.size !== 0) return failure('empty-answer', 'the body is empty');
  if (file.size !== null && file.size !== arrived.size) {
    return failure('wrong-size', `announced ${file.size} bytes, received ${arrived.size}`);
  }
  if (file.md5 !== null && file.md5 !== arrived.md5) {
    return failure('wrong-checksum', `MD5 announced ${file.md5}, received ${arrived.md5}`);
  }
  return null;
}
