import { createCiscoCca } from './cisco-cca/index.ts';
import type { Provider } from './provider.ts';

/** Every system that one can sign in to, in the order to show them. */
export const providers: readonly Provider[] = [createCiscoCca()];

/** The system with this id (`signIn.provider`); undefined when there is none, such as one of a later version. */
export const providerById = (id: string): Provider | undefined =>
  providers.find((provider) => provider.signIn.provider === id);
