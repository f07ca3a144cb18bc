const GONE = '[removed]';

/** A JSON string's inside, escapes included. */
const QUOTED = String.raw`(?:[^"\\]|\\.)*`;

const rules: readonly (readonly [RegExp, string])[] = [
  // {"accessToken":"..."} and the like, also with a space after the colon.
  [
    new RegExp(String.raw`("(?:authorization|access_?token|[\w-]*password)"\s*:\s*")${QUOTED}`, 'gi'),
    `$1${GONE}`,
  ],
  // A header or an assignment: to the end of the line, for a value may hold anything.
  [/\b(authorization|access_?token|\w*password)(\s*[:=]\s*)(?!")[^\r\n]+/gi, `$1$2${GONE}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${GONE}`],
  // Of a link its host alone stays: the rest may be all that it takes to get the file.
  [/(\bhttps?:\/\/)[^\s"<>/?#]*@/gi, `$1${GONE}@`],
  [/(\bhttps?:\/\/[^\s"<>/?#]*)[/?#][^\s"<>]+/gi, `$1/${GONE}`],
];

/** The text without passwords, tokens and links beyond their host. For everything that is written to a log. */
export const redact = (text: string): string =>
  rules.reduce((cleaned, [pattern, replacement]) => cleaned.replace(pattern, replacement), text);
