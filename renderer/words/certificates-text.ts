import { isDay } from '../../electron/contract/calendar.ts';
import { formatDay } from './format-date.ts';

/**
 * Which certificates a picked file holds, one sentence each, by the lines for people in it:
 * `Example Root CA, valid until 1 May 2031`.
 */
export const certificatesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^# (.+), valid until (\S+)$/gm)].map(
    ([, name = '', day = '']) => `${name}, valid until ${isDay(day) ? formatDay(day) : day}`,
  );
