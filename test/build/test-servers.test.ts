import { describe, expect, it } from 'vitest';
import { ensureTestServers, type ServerMachine } from '../../build/test-servers.ts';

/** A machine that lacks `missing`, and gets what it installs when it can. */
function machine(missing: string[], options: Partial<ServerMachine> = {}) {
  const done: string[] = [];
  const told: string[] = [];
  const asked: ServerMachine = {
    isRoot: true,
    isDebian: true,
    has: (program) => !missing.includes(program),
    updatePackageList: async () => {
      done.push('update');
    },
    install: async (packages) => {
      done.push(`install ${packages.join(' ')}`);
      missing.length = 0;
    },
    ...options,
  };
  return { done, told, ensure: () => ensureTestServers(asked, (line) => told.push(line)) };
}

describe('servers for tests', () => {
  it('are left alone when they are there', async () => {
    const { done, told, ensure } = machine([]);
    await ensure();
    expect([done, told]).toEqual([[], []]);
  });

  it('are installed on Debian as root', async () => {
    const { done, ensure } = machine(['nginx', 'lighttpd']);
    await ensure();
    expect(done).toEqual(['update', 'install nginx-light lighttpd']);
  });

  it.each([
    ['elsewhere', { isDebian: false }],
    ['without root', { isRoot: false }],
  ])('are done without %s, which is said', async (_where, options) => {
    const { done, told, ensure } = machine(['lighttpd'], options);
    await ensure();
    expect(done).toEqual([]);
    expect(told).toEqual(['lighttpd is not on this system: tests against it are skipped.']);
  });

  it('are done without when installing fails', async () => {
    const install = () => Promise.reject(new Error('no network'));
    const { told, ensure } = machine(['nginx'], { install });
    await ensure();
    expect(told).toEqual([
      'Missing on this system: nginx. Installing ...',
      'Error: no network',
      'nginx is not on this system: tests against it are skipped.',
    ]);
  });
});
