/** A contact center whose certificate no public authority vouches for, as most of them are. */
import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addDays, localDay } from '../../../electron/contract/calendar.ts';
import { startHuaweiService } from '../../../electron/demo/huawei-cec/huawei-service.ts';
import { authority, issuedCertificate } from '../../fakes/issued-certificates.ts';
import { certificate, expiredCertificate, key } from '../../fakes/loopback-certificates.ts';
import { createFastClock } from '../../long/fast-clock.ts';
import { errorOf, filesOf, newFolder } from './cdr.ts';
import { runLine } from './run-line.ts';

/** The file is asked after in minutes of this clock. */
const clock = createFastClock(100);
const day = addDays(localDay(clock.now()), -3);
const fingerprintOf = (pem: string) => new X509Certificate(pem).fingerprint256;

async function withService(cert: string) {
  const service = await startHuaweiService({ clock, makingMs: 0, tls: { key, cert } });
  onTestFinished(() => service.close());
  const { accessKey, secretKey } = service.owner;
  const folder = await newFolder();
  const run = (command: string, more: readonly string[]) =>
    runLine(
      [
        ...[command, '--system', 'huawei-cec', '--server', service.address, '--account', accessKey],
        ...['--field', 'timeZone=UTC', '--secrets-stdin', '--report', 'call-and-recording-records'],
        ...['--from', day, '--to', day, '--json', ...more],
      ],
      { clock, input: JSON.stringify({ secretKey }) },
    );
  /** Trusts what is in a file of this name. */
  async function inFile(name: string, content: string | Uint8Array) {
    await writeFile(join(folder, name), content);
    return ['--field', `certificateFile=${join(folder, name)}`];
  }
  return { service, run, inFile };
}

type World = Awaited<ReturnType<typeof withService>>;

async function expectFoundAndFetched({ run }: World, trust: readonly string[]): Promise<void> {
  const found = await run('find', trust);
  expect([found.code, found.lines.filter((line) => 'found' in line).length]).toEqual([0, 1]);
  const fetched = await run('fetch', [...trust, '--to-folder', 'files']);
  expect(fetched.code).toBe(0);
  const [file] = filesOf(fetched);
  const bytes = await readFile(file?.path ?? '');
  expect(Object.keys(unzipSync(bytes))).not.toHaveLength(0);
}

describe('a contact center with a certificate of its own', () => {
  it('is sent nothing, and its fingerprint is told', async () => {
    const { service, run } = await withService(certificate);
    const ended = await run('find', []);
    expect(ended.code).toBe(1);
    expect(ended.lines[0]).toMatchObject({
      error: { code: 'certificate-unknown', fingerprint: fingerprintOf(certificate) },
    });
    const other = await run('find', ['--certificate', fingerprintOf(expiredCertificate)]);
    expect(errorOf(other)).toBe('certificate-changed');
    expect([service.calls, service.refusals]).toEqual([[], 0]);
  });

  it('is found in and fetched from by its fingerprint', async () => {
    const world = await withService(certificate);
    await expectFoundAndFetched(world, ['--certificate', fingerprintOf(certificate)]);
  });

  it('is found in and fetched from where a file has the certificate of its authority', async () => {
    const world = await withService(issuedCertificate);
    const trust = await world.inFile('company.crt', new X509Certificate(authority).raw);
    await expectFoundAndFetched(world, trust);
  });

  it('is sent nothing where the file has another one, or none', async () => {
    const { service, run, inFile } = await withService(issuedCertificate);
    const find = async (trust: readonly string[]) => errorOf(await run('find', trust));
    expect(await find(await inFile('company.pem', certificate))).toBe('certificate-unknown');
    expect(await find(await inFile('company.key', key))).toBe('not-a-certificate');
    expect(await find(['--field', 'certificateFile=elsewhere.pem'])).toBe('file-missing');
    expect([service.calls, service.refusals]).toEqual([[], 0]);
  });
});
