import { describe, expect, it } from 'vitest';
import { ensureSystemPackages, type Machine } from '../../build/system-packages.ts';

/** A machine that lacks `missing` until packages are installed, and knows every package but `unknown`. */
function machine(options: {
  missing: string[];
  isRoot?: boolean;
  isDebian?: boolean;
  unknown?: string[];
  installingHelps?: boolean;
}) {
  const done: string[] = [];
  let missing = options.missing;
  const asked: Machine = {
    isRoot: options.isRoot ?? true,
    isDebian: options.isDebian ?? true,
    missing: () => missing,
    knowsPackage: (name) => !options.unknown?.includes(name),
    updatePackageList: async () => {
      done.push('update');
    },
    install: async (packages) => {
      done.push(`install ${packages.join(' ')}`);
      if (options.installingHelps ?? true) missing = [];
    },
  };
  return { asked, done };
}

describe('what the runtime needs of the system', () => {
  it('is left alone when nothing is missing', async () => {
    const { asked, done } = machine({ missing: [] });
    await ensureSystemPackages(asked, () => {});
    expect(done).toEqual([]);
  });

  it('is installed on Debian as root, after refreshing the list of packages', async () => {
    const { asked, done } = machine({ missing: ['libnss3.so', 'libgbm.so.1', 'Xvfb'] });
    await ensureSystemPackages(asked, () => {});
    expect(done).toEqual(['update', 'install libnss3 libgbm1 xvfb xauth']);
  });

  it('goes by the name that this release of Debian has for a package', async () => {
    const missing = ['libgtk-3.so.0'];
    const newer = machine({ missing });
    const older = machine({ missing, unknown: ['libgtk-3-0t64'] });
    await ensureSystemPackages(newer.asked, () => {});
    await ensureSystemPackages(older.asked, () => {});
    expect(newer.done).toContain('install libgtk-3-0t64');
    expect(older.done).toContain('install libgtk-3-0');
  });

  it('leaves out libraries that come along with others', async () => {
    const { asked, done } = machine({ missing: ['libgtk-3.so.0', 'libcairo.so.2', 'libpango-1.0.so.0'] });
    await ensureSystemPackages(asked, () => {});
    expect(done).toContain('install libgtk-3-0t64');
  });

  it('installs everything when only a library is missing whose package is not known', async () => {
    const { asked, done } = machine({ missing: ['libcups.so.2'] });
    await ensureSystemPackages(asked, () => {});
    expect(done.at(-1)).toMatch(/libgtk-3-0t64 libnss3 libasound2t64 libgbm1/);
  });

  it('names what is missing and the command on Debian without root, and installs nothing', async () => {
    const { asked, done } = machine({ missing: ['libnss3.so', 'Xvfb'], isRoot: false });
    await expect(ensureSystemPackages(asked, () => {})).rejects.toThrow(
      'Missing on this system: libnss3.so, Xvfb. To install: sudo apt-get install libnss3 xvfb xauth',
    );
    expect(done).toEqual([]);
  });

  it('names exactly what is missing elsewhere, and installs nothing', async () => {
    const { asked, done } = machine({ missing: ['libnss3.so', 'Xvfb'], isDebian: false });
    await expect(ensureSystemPackages(asked, () => {})).rejects.toThrow(
      /libnss3\.so, Xvfb\. .* sudo dnf install 'libnss3\.so\(\)\(64bit\)' \/usr\/bin\/Xvfb/,
    );
    expect(done).toEqual([]);
  });

  it('fails with what is still missing after installing', async () => {
    const { asked } = machine({ missing: ['libodd.so'], installingHelps: false });
    await expect(ensureSystemPackages(asked, () => {})).rejects.toThrow(
      'Still missing after installing: libodd.so.',
    );
  });
});
