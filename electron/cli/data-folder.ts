import { join } from 'node:path';

export interface Computer {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const APP_NAME = 'CDR Desk';

/** The application's own data folder, where Electron has it: `app.getPath('userData')` in its documentation. */
export function appDataFolder({ platform, environment, home }: Computer): string {
  switch (platform) {
    case 'win32':
      return join(environment.APPDATA || join(home, 'AppData', 'Roaming'), APP_NAME);
    case 'darwin':
      return join(home, 'Library', 'Application Support', APP_NAME);
    default:
      return join(environment.XDG_CONFIG_HOME || join(home, '.config'), APP_NAME);
  }
}
