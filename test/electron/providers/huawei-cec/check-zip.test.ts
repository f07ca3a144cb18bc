import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkZip } from '../../../../electron/providers/huawei-cec/zip/check-zip.ts';
import { crc32 } from '../../../../electron/providers/huawei-cec/zip/crc32.ts';
import { holdsCalls } from '../../../../electron/providers/huawei-cec/zip/holds-calls.ts';
import { unpacking } from '../../../../electron/providers/huawei-cec/zip/unpack.ts';

vi.mock('../../../../electron/providers/huawei-cec/zip/unpack.ts', { spy: true });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdr-zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function onDisk(bytes: Uint8Array): Promise<string> {
  count += 1;
  const path = join(folder, `${count}.zip`);
  await writeFile(path, bytes);
  return path;
}

const rows = Buffer.from(Array.from({ length: 20_000 }, (_, row) => `${row},${row * 7919}\r\n`).join(''));
const zip = zipSync({
  '20240501101112131042_call_1.csv': rows,
  '20240501101112131042_record_1.csv': [rows.subarray(0, 5000), { level: 0 }],
  'empty.csv': new Uint8Array(0),
});

/** Whether the first file of a ZIP, which ends where the second one begins, unpacks to this. */
function holds(bytes: Buffer, end: number, content: Buffer): boolean {
  const begin = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  try {
    return inflateRawSync(bytes.subarray(begin, end)).equals(content);
  } catch {
    return false;
  }
}

describe('a ZIP', () => {
  it('is right with deflated, stored and empty files', async () => {
    expect(await checkZip(await onDisk(zip))).toBeNull();
  });

  it('is right with a comment, and without any file', async () => {
    const commented = Buffer.concat([zip, Buffer.from('comment')]);
    commented.writeUInt16LE(7, zip.length - 2);
    expect(await checkZip(await onDisk(commented))).toBeNull();
    expect(await checkZip(await onDisk(zipSync({})))).toBeNull();
  });

  it('is right with more files than a stream may have listeners', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`${n}.csv`, rows.subarray(0, n)]));
    expect(await checkZip(await onDisk(zipSync(files)))).toBeNull();
  });

  it('that is cut off anywhere is refused, and may be fetched again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: zip.length - 1 }), async (length) => {
        expect(await checkZip(await onDisk(zip.subarray(0, length)))).toMatchObject({
          code: 'connection-lost',
        });
      }),
      { numRuns: 60 },
    );
  });

  it('with a wrong byte that changes what a file holds is refused', async () => {
    const secondFile = Buffer.from(zip).indexOf('PK\u0003\u0004', 1, 'latin1');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 80, max: secondFile - 1 }), async (at) => {
        const damaged = Buffer.from(zip);
        damaged[at] = (damaged[at] ?? 0) ^ 0x55;
        // A few bytes may be written in two ways that unpack to the same.
        fc.pre(!holds(damaged, secondFile, rows));
        expect(await checkZip(await onDisk(damaged))).toMatchObject({ code: 'wrong-checksum' });
      }),
      { numRuns: 60 },
    );
  });

  it('whose directory names another checksum, length or place is refused', async () => {
    const directory = Buffer.from(zip).indexOf('PK\u0001\u0002', 0, 'latin1');
    for (const offset of [16, 24, 42]) {
      const damaged = Buffer.from(zip);
      damaged[directory + offset] = (damaged[directory + offset] ?? 0) ^ 1;
      expect(await checkZip(await onDisk(damaged)), `at ${offset}`).toMatchObject({ code: 'wrong-checksum' });
    }
  });

  it('that is no ZIP at all is refused', async () => {
    expect(await checkZip(await onDisk(Buffer.from('PK, he said')))).toMatchObject({
      code: 'connection-lost',
    });
    expect(await checkZip(await onDisk(Buffer.alloc(0)))).toMatchObject({ code: 'connection-lost' });
  });

  const zeros = new Uint8Array(80 * 1024 * 1024);
  const link = [strToU8('/etc/passwd'), { os: 3, attrs: (0o120777 << 16) >>> 0 }] as const;

  it.each<[string, Zippable]>([
    ['a name that leads upwards', { '../evil.csv': rows }],
    ['such a name of Windows', { 'a\\..\\..\\evil.csv': rows }],
    ['an absolute path', { '/etc/evil.csv': rows }],
    ['a drive', { 'C:\\evil.csv': rows }],
    ['a link', { link: [...link] }],
    ['far more in it than its size lets one think', { 'zeros.bin': zeros }],
  ])('is refused before anything is unpacked that has %s', async (_what, files) => {
    vi.mocked(unpacking).mockClear();
    const path = await onDisk(zipSync({ '1_call_1.csv': rows, ...files }));
    expect(await checkZip(path)).toMatchObject({ code: 'unusable-answer' });
    expect(unpacking).not.toHaveBeenCalled();
  });

  it('is unpacked no further than it says', async () => {
    const lying = Buffer.from(zipSync({ '1_call_1.csv': zeros }));
    lying.writeUInt32LE(1000, lying.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
    vi.mocked(unpacking).mockClear();
    expect(await checkZip(await onDisk(lying))).toMatchObject({
      code: 'wrong-checksum',
      detail: '1_call_1.csv in the ZIP: more than 1000 bytes',
    });
    const [, inflating] = vi.mocked(unpacking).mock.results[0]?.value ?? [];
    expect(inflating.bytesWritten).toBeLessThan(lying.length);
  });

  it('in its long form is read too', async () => {
    expect(await checkZip(await onDisk(asZip64(zip)))).toBeNull();
    expect(await checkZip(await onDisk(asZip64(zip).subarray(0, -1)))).toMatchObject({
      code: 'connection-lost',
    });
  });
});

/** The same with a ZIP64 end record, which the short one leaves everything to. */
function asZip64(short: Uint8Array): Buffer {
  const end = Buffer.from(short.subarray(-22));
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(end.readUInt16LE(10)), 24);
  end64.writeBigUInt64LE(BigInt(end.readUInt16LE(10)), 32);
  end64.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40);
  end64.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(short.length - 22), 8);
  end.fill(0xff, 8, 20);
  return Buffer.concat([short.subarray(0, -22), end64, locator, end]);
}

it('tables of calls are told from tables of recordings', async () => {
  expect(await holdsCalls(await onDisk(zip))).toBe(true);
  expect(await holdsCalls(await onDisk(zipSync({ '1_record_1.csv': rows })))).toBe(false);
  expect(await holdsCalls(await onDisk(zipSync({ '1_call.csv': rows })))).toBe(true);
});

it('CRC-32 is the one of the standard, also piece by piece', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  expect(crc32(Buffer.from('56789'), crc32(Buffer.from('1234')))).toBe(0xcbf43926);
});
