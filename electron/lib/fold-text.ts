/**
 * One form for texts that a person would call the same: upper and lower case, composed and decomposed letters,
 * `ß` and `ss`, full-width and plain ones. For comparing only, never for showing.
 */
export const foldText = (text: string): string =>
  // Plain letters have one form only, and are most of what there is.
  plain.test(text) ? text.toUpperCase() : text.normalize('NFKC').toUpperCase().normalize('NFKC');

const plain = /^[ -~]*$/;
