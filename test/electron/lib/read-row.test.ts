import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  json,
  jsonOrNull,
  number,
  numberOrNull,
  oneOf,
  text,
  textOrNull,
} from '../../../electron/lib/read-row.ts';

const row = { name: 'a', size: 5, none: null, list: '[1]' };

describe('reading a row', () => {
  it('gives the values of their types', () => {
    expect(text(row, 'name')).toBe('a');
    expect(textOrNull(row, 'none')).toBeNull();
    expect(number(row, 'size')).toBe(5);
    expect(numberOrNull(row, 'none')).toBeNull();
    expect(oneOf(row, 'name', ['a', 'b'])).toBe('a');
    expect(json(row, 'list', z.array(z.number()))).toEqual([1]);
    expect(jsonOrNull(row, 'none', z.string())).toBeNull();
  });

  it.each([
    ['a number as text', () => text(row, 'size')],
    ['null as text', () => text(row, 'none')],
    ['text as a number', () => number(row, 'name')],
    ['a value that is none of them', () => oneOf(row, 'name', ['b'])],
    ['JSON of another shape', () => json(row, 'list', z.array(z.string()))],
    ['a column that is not there', () => textOrNull(row, 'other')],
  ])('throws for %s', (_what, read) => {
    expect(read).toThrow();
  });
});
