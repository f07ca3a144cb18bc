import { join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetPath } from '../../../electron/desktop/asset-path.ts';

const folder = resolve('/srv/app');

describe('the application’s own address', () => {
  it('leads to the page and its assets', () => {
    expect(assetPath(folder, 'app://cdr-desk/')).toBe(join(folder, 'index.html'));
    expect(assetPath(folder, 'app://cdr-desk/assets/a%20b.js?x#y')).toBe(join(folder, 'assets', 'a b.js'));
  });

  it.each([
    'app://cdr-desk/..%2f..%2fetc/passwd',
    'app://cdr-desk/%2e%2e/%2e%2e/etc/passwd',
    'app://other/index.html',
    'https://cdr-desk/index.html',
    'app://cdr-desk/%E0%A4%A',
    'nonsense',
  ])('leads nowhere else: %s', (address) => {
    const path = assetPath(folder, address);
    expect(path === null || path.startsWith(folder + sep)).toBe(true);
  });

  it('never leaves its folder, whatever the path', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, more) => {
        const file = assetPath(folder, `app://cdr-desk${path}/../${encodeURIComponent(more)}/../..`);
        expect(file === null || file.startsWith(folder + sep)).toBe(true);
      }),
    );
  });
});
