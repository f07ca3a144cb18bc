import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../build/bench/options.ts';
import { standardScenarios } from '../../../build/bench/scenarios.ts';

describe('the options of the benchmark', () => {
  it('are everything that a target is set for, in five rounds, when none are given', () => {
    expect(readOptions([])).toEqual({
      scenarios: standardScenarios,
      scale: true,
      rivals: ['curl', 'wget2', 'aria2'],
      withEngine: true,
      rounds: 5,
      workFolder: join(tmpdir(), 'cdr-desk-bench'),
      jsonFile: null,
      strict: false,
    });
  });

  it('choose some work, as it is measured by default', () => {
    const { scenarios, scale } = readOptions(['--only', 'large,small']);
    expect(scenarios).toEqual([
      { work: 'small', way: 'plain' },
      { work: 'small', way: 'delay' },
      { work: 'large', way: 'plain' },
    ]);
    expect(scale).toBe(false);
  });

  it('serve the chosen work in every chosen way, a target or not', () => {
    expect(readOptions(['--only', 'large', '--with', 'delay,tls']).scenarios).toEqual([
      { work: 'large', way: 'delay' },
      { work: 'large', way: 'tls' },
    ]);
  });

  it('can be the long lists alone', () => {
    expect(readOptions(['--only', 'scale'])).toMatchObject({ scenarios: [], scale: true });
  });

  it('take folders and files as seen from here', () => {
    const { workFolder, jsonFile } = readOptions(['--work', 'w', '--json', 'f.json']);
    expect([workFolder, jsonFile]).toEqual([resolve('w'), resolve('f.json')]);
  });

  it.each([
    [['--only', 'tiny'], '--only knows no "tiny"'],
    [['--with', 'plain,smoke'], '--with knows no "smoke"'],
    [['--rivals', 'axel'], '--rivals knows no "axel"'],
    [['--rounds', '0'], '--rounds wants a whole number'],
    [['--rounds', '2.5'], '--rounds wants a whole number'],
    [['--fast'], '--fast'],
  ])('%j are refused with the usage', (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
    expect(() => readOptions(args)).toThrow('npm run bench -- [options]');
  });
});
