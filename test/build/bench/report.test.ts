import { describe, expect, it } from 'vitest';
import { layOut, scenarioTable, targetTable } from '../../../build/bench/report.ts';

const run = (wall: number, cpu: number, memory: number) => ({ wall, cpu, memory });

describe('the tables', () => {
  it('have columns as wide as they need to be, figures to the right', () => {
    expect(
      layOut([
        ['', 'wall'],
        ['curl', '1'],
        ['engine', '10.25'],
      ]),
    ).toBe('         wall\ncurl        1\nengine  10.25');
  });

  it('show medians with their range, and the engine against each program and the best rival', () => {
    const table = scenarioTable({
      work: 'large',
      way: 'delay',
      engineAtRest: 60e6,
      rounds: {
        engine: [run(2, 2, 100e6), run(3, 2, 110e6), run(4, 2, 120e6)],
        curl: [run(4, 4, 10e6), run(4, 4, 10e6), run(4, 4, 10e6)],
        aria2: [run(6, 1, 40e6), run(6, 1, 40e6), run(6, 1, 40e6)],
      },
    });
    expect(table.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
      '200 files of 4 MiB, HTTP, 40 ms round trip (839 MB)',
      'wall s | MB/s | CPU s | peak MB | engine: wall | CPU | memory',
      'engine | 3.00 (2.00-4.00) | 280 | 2.00 (2.00-2.00) | 110 (100-120)',
      'curl + md5sum | 4.00 (4.00-4.00) | 210 | 4.00 (4.00-4.00) | 10 (10-10) | 0.750 | 0.500 | 11.000',
      'aria2 with checksum | 6.00 (6.00-6.00) | 140 | 1.00 (1.00-1.00) | 40 (40-40) | 0.500 | 2.000 | 2.750',
      'best rival | curl 0.750 | aria2 2.000 | curl 11.000',
      'engine: memory grows by 50 MB over 60 MB',
    ]);
  });

  it('show the rivals alone without ratios', () => {
    const table = scenarioTable({
      work: 'small',
      way: 'plain',
      engineAtRest: null,
      rounds: { curl: [run(1, 1, 10e6)] },
    });
    expect(table).not.toContain('engine');
    expect(table).toContain('curl + md5sum');
  });

  it('say of each target whether it was reached', () => {
    const target = { work: 'single', way: 'plain', figure: 'wall', over: 'curl', atMost: 1 } as const;
    const growth = { work: 'single', way: 'plain', figure: 'growth', atMost: 60e6 } as const;
    const lines = targetTable([
      { target, value: 0.9, reached: true },
      { target: growth, value: 61e6, reached: false },
      { target: { ...target, over: 'aria2' }, value: null, reached: false },
    ]).split('\n');
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['1 file of 2 GiB, HTTP', 'wall over curl + md5sum', '<= 1', '0.900', 'reached'],
      ['1 file of 2 GiB, HTTP', 'memory growth', '<= 60 MB', '61 MB', 'MISSED'],
      ['1 file of 2 GiB, HTTP', 'wall over aria2 with checksum', '<= 1', '-', 'not measured'],
    ]);
  });
});
