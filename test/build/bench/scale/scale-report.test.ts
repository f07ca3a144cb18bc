import { describe, expect, it } from 'vitest';
import { scaleTable, summarizeScale } from '../../../../build/bench/scale/scale-report.ts';
import { RECORDS_BY_RIVAL, RECORDS_TO_CSV, recordsToCsv } from '../../../../build/bench/scale/stage.ts';

const stage = (name: string, seconds: number, longestBlock: number, memory: number | null = null) => ({
  name,
  seconds,
  longestBlock,
  memory,
});

const verdictOf = (...rounds: ReturnType<typeof stage>[]) =>
  summarizeScale(rounds.map((round) => [round]))[0]?.reached;

describe('the long lists', () => {
  it('may hold nothing up for more than 50 ms', () => {
    expect(verdictOf(stage('listed', 9, 50))).toBe(true);
    expect(verdictOf(stage('listed', 1, 51))).toBe(false);
  });

  it('may be held up by the machine in one round, but not in most', () => {
    expect(verdictOf(stage('listed', 1, 10), stage('listed', 1, 90), stage('listed', 1, 12))).toBe(true);
    expect(verdictOf(stage('listed', 1, 80), stage('listed', 1, 90), stage('listed', 1, 12))).toBe(false);
  });

  it('are searched within 30 ms', () => {
    expect(verdictOf(stage('history search: a word', 0.03, 31))).toBe(true);
    expect(verdictOf(stage('history search: a word', 0.031, 32))).toBe(false);
  });

  it('make a CSV of a million records in memory that hardly grows with their number', () => {
    const verdict = (fewer: number, most: number) =>
      summarizeScale([
        [
          stage(recordsToCsv(250_000), 1, 10, fewer),
          stage(RECORDS_TO_CSV, 5, 10, most),
          stage(RECORDS_BY_RIVAL, 4, 0),
        ],
      ]).find(({ name }) => name === RECORDS_TO_CSV)?.reached;
    expect(verdict(200e6, 260e6)).toBe(true);
    expect(verdict(200e6, 261e6)).toBe(false);
    expect(verdict(280e6, 301e6)).toBe(false);
  });

  it('have a line for each stage, with memory where it was measured', () => {
    const rounds = [
      [stage('listed', 1, 20, 100e6), stage('history search: a word', 0.01, 60)],
      [stage('listed', 3, 40, 300e6), stage('history search: a word', 0.03, 80)],
    ];
    const lines = scaleTable(summarizeScale(rounds)).split('\n');
    expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['s', 'memory MB', 'longest block ms'],
      ['listed', '2.000 (1.000-3.000)', '200 (100-300)', '30 (20-40)', 'reached'],
      ['history search: a word', '0.020 (0.010-0.030)', '70 (60-80)', 'MISSED'],
    ]);
  });
});
