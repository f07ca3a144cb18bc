/** Turns a name that somebody else chose into one that is safe on Windows, macOS and Linux alike. */

/** Leaves room below 255 for ` (2)` and for a suffix while the file is being written. */
const MOST_UNITS = 180;
const MOST_BYTES = 240;
/** A longer tail after the last dot is part of the name, not an extension. */
const LONGEST_EXTENSION = 16;

/** Shown as nothing, or turning the text around it: bidi marks, zero-width characters, soft hyphens, tags. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Reserved on Windows, or control, half a surrogate pair, a line break or not a character at all. */
const forbidden = /[<>:"|?*\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** Names that Windows takes for devices, with any extension and with blanks before it. */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)/i;

/**
 * The last part of `raw` as a safe file name: no separator, no control, reserved or invisible character, no
 * device name, no dot or blank at either end; NFC; at most 180 UTF-16 units and 240 bytes of UTF-8, cut before
 * the extension. Never empty (`file`), and safe names stay as they are.
 */
export function safeFileName(raw: string): string {
  // Invisible characters go before normalising: without them, neighbours may combine.
  const visible = raw.replace(invisible, '').normalize('NFC');
  const last = visible.split(/[/\\]/).findLast((part) => trimEnds(part) !== '') ?? '';
  const name = trimEnds(last.replace(forbidden, '_').replace(/\p{Zs}/gu, ' '));
  // Once more after cutting: a cut may end right behind a device's name.
  return guardDevice(cut(guardDevice(name))) || 'file';
}

/** Windows drops dots and blanks at the end; a leading dot hides the file elsewhere. */
function trimEnds(text: string): string {
  return text.replace(/^[.\p{Zs}]+/u, '').replace(/[.\p{Zs}]+$/u, '');
}

function guardDevice(name: string): string {
  return device.test(name) ? `_${name}` : name;
}

function cut(name: string): string {
  if (name.length <= MOST_UNITS && Buffer.byteLength(name) <= MOST_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
  let units = extension.length;
  let bytes = Buffer.byteLength(extension);
  let stem = '';
  for (const character of name.slice(0, name.length - extension.length)) {
    units += character.length;
    bytes += Buffer.byteLength(character);
    if (units > MOST_UNITS || bytes > MOST_BYTES) break;
    stem += character;
  }
  return trimEnds(stem) + extension;
}
