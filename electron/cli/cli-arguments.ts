/**
 * What stands behind `--cli` on the command line of the application; null where there is no `--cli`, and the window is
 * wanted.
 */
export function cliArguments(argv: readonly string[]): readonly string[] | null {
  const at = argv.indexOf('--cli');
  return at < 0 ? null : argv.slice(at + 1);
}
