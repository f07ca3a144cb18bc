import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const text = readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8');

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('the lock file', () => {
  it('names no registry', () => {
    expect(text).not.toMatch(/"resolved"/);
  });

  it('holds the packages for every system, without which npm ci refuses it', () => {
    const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(text);
    const locked = Object.keys(packages);
    const lacking = Object.values(packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)));
    expect(lacking).toEqual([]);
  });
});
