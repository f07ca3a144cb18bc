import type { Events } from '../../electron/contract/events.ts';

/** The path of a screen, for links and for `navigate`. */
export const pathOf = (screen: Events['desktop.goTo']): string => `/${screen}`;
