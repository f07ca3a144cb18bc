/** The clock on the wall of a time zone (IANA): its times are milliseconds as if they were UTC. */
export interface WallClock {
  /** The moment at which it shows this time; the earlier one where it shows it twice. */
  momentOf(wall: number): number;
  /** What it shows at a moment, `yyyy-MM-dd HH:mm:ss`. */
  show(moment: number): string;
}

const HOUR_MS = 3_600_000;

export function createWallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const show = (moment: number): string => format.format(moment);
  const shown = (moment: number): number => Date.parse(`${show(moment).replace(' ', 'T')}Z`);
  return {
    show,
    momentOf(wall) {
      const offsets = [-24, 24].map((hours) => shown(wall + hours * HOUR_MS) - (wall + hours * HOUR_MS));
      const moments = offsets.map((offset) => wall - offset).sort((a, b) => a - b);
      return moments.find((moment) => shown(moment) === wall) ?? moments[0] ?? wall;
    },
  };
}
