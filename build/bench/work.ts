/** The work that is measured: which files, of which sizes. Pure; `make-work.ts` writes them. */

export const workNames = ['small', 'large', 'single', 'month'] as const;
export type WorkName = (typeof workNames)[number];

export interface WorkFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `zip`: begins as a ZIP does and can't be compressed. `csv`: lines of text. */
  readonly content: 'zip' | 'csv';
}

export interface Work {
  readonly name: WorkName;
  readonly title: string;
  readonly files: readonly WorkFile[];
}

const KB = 1000;
const MB = 1000 * KB;
const KiB = 1024;
const MiB = 1024 * KiB;

const pad = (number: number, digits: number) => String(number).padStart(digits, '0');

function equal(name: string, count: number, size: number): WorkFile[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}-${pad(index + 1, 4)}.zip`,
    size,
    content: 'zip',
  }));
}

/**
 * Sizes from `least` to `most` bytes, as many between 1 and 2 MB as between 2 and 4 MB, mixed by a fixed rule.
 * `stride` has no divisor in common with `count`, so every size occurs once.
 */
export function spreadSizes(count: number, least: number, most: number, stride: number): number[] {
  const growth = most / least;
  return Array.from({ length: count }, (_, index) =>
    Math.round(least * growth ** (((index * stride) % count) / (count - 1))),
  );
}

/** Day by day: the archive of the day, then a share of the small files. */
function mixedMonth(): WorkFile[] {
  const days = 31;
  const archives = spreadSizes(days, 1 * MB, 120 * MB, 12);
  const reports = spreadSizes(3000, 10 * KB, 1 * MB, 1301);
  return archives.flatMap((size, day): WorkFile[] => {
    const from = Math.round((day * reports.length) / days);
    const to = Math.round(((day + 1) * reports.length) / days);
    const ofDay = reports.slice(from, to).map(
      (bytes, index): WorkFile => ({
        name: `site-${pad(from + index + 1, 4)}.csv`,
        size: bytes,
        content: 'csv',
      }),
    );
    return [{ name: `cdr-2026-10-${pad(day + 1, 2)}.zip`, size, content: 'zip' }, ...ofDay];
  });
}

/** All of it. The order is that in which the programs are given the files. */
export const works: Readonly<Record<WorkName, Work>> = {
  small: { name: 'small', title: '2,000 files of 64 KiB', files: equal('small', 2000, 64 * KiB) },
  large: { name: 'large', title: '200 files of 4 MiB', files: equal('large', 200, 4 * MiB) },
  single: { name: 'single', title: '1 file of 2 GiB', files: equal('single', 1, 2048 * MiB) },
  month: { name: 'month', title: 'a mixed month: 31 ZIPs and 3,000 CSVs', files: mixedMonth() },
};

export const totalBytes = (files: readonly { readonly size: number }[]): number =>
  files.reduce((sum, { size }) => sum + size, 0);
