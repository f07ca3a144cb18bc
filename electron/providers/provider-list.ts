import { createCiscoCca } from './cisco-cca/index.ts';
import type { Provider } from './provider.ts';

/** Every system that one can sign in to, in the order to show them. */
export const providers: readonly Provider[] = [createCiscoCca()];
