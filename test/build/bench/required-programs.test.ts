import { describe, expect, it } from 'vitest';
import { type BenchMachine, ensurePrograms } from '../../../build/bench/required-programs.ts';

function machine(options: { has: string[]; isRoot?: boolean; isDebian?: boolean; brings?: string[] }) {
  const done: string[] = [];
  let has = options.has;
  const asked: BenchMachine = {
    isRoot: options.isRoot ?? true,
    isDebian: options.isDebian ?? true,
    has: (program) => has.includes(program),
    updatePackageList: async () => {
      done.push('update');
    },
    install: async (packages) => {
      done.push(`install ${packages.join(' ')}`);
      has = [...has, ...(options.brings ?? [])];
    },
  };
  const said: string[] = [];
  return { asked, done, said, tell: (line: string) => said.push(line) };
}

const wanted = ['nginx', 'time', 'md5sum', 'wget2', 'aria2c'];

describe('the programs of the benchmark', () => {
  it('are left alone when all are there', async () => {
    const { asked, done, tell } = machine({ has: wanted });
    expect(await ensurePrograms(wanted, asked, tell)).toEqual([]);
    expect(done).toEqual([]);
  });

  it('are installed by the names of their packages on Debian as root', async () => {
    const { asked, done, tell } = machine({ has: ['time', 'md5sum', 'wget2'], brings: ['nginx', 'aria2c'] });
    expect(await ensurePrograms(wanted, asked, tell)).toEqual([]);
    expect(done).toEqual(['update', 'install nginx-light aria2']);
  });

  it('are named with the command that gets them elsewhere; a rival can be gone without', async () => {
    const { asked, done, said, tell } = machine({ has: ['nginx', 'time', 'md5sum'], isRoot: false });
    expect(await ensurePrograms(wanted, asked, tell)).toEqual(['wget2', 'aria2c']);
    expect(said).toEqual([
      'Missing on this system: wget2, aria2c. On Debian: sudo apt-get install wget2 aria2',
    ]);
    expect(done).toEqual([]);
  });

  it('are refused without what measures and serves', async () => {
    const { asked, tell } = machine({ has: ['time', 'md5sum', 'wget2', 'aria2c'], isDebian: false });
    await expect(ensurePrograms(wanted, asked, tell)).rejects.toThrow('sudo apt-get install nginx-light');
  });
});
