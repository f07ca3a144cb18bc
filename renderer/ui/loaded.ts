import type { Failure } from '../../electron/contract/failure.ts';

/** Something that is fetched once and then stays. */
export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly failure: Failure };
