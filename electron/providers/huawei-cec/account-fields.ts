/** What was typed when signing in, read once. */
import { failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { createTimeZone, type TimeZone } from '../time-zone.ts';
import { ownTimeZone } from '../time-zone-list.ts';
import { baseUrl } from './base-address.ts';
import type { TimesIn } from './cut-period.ts';
import { isVariant, type Variant } from './signer.ts';

export interface AccountFields {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly baseUrl: string;
  readonly zone: TimeZone;
  readonly timesIn: TimesIn;
  /** Null: nobody is told of finished files. */
  readonly callbackUrl: string | null;
  /** Null: found out by trying. */
  readonly variant: Variant | null;
}

/** Failure `sign-in-refused` for a key that can't be one, `bad-address` and `bad-input` for the rest. */
export function readFields(
  serverAddress: string,
  fields: Readonly<Record<string, string>>,
): Result<AccountFields> {
  const typed = (id: string) => fields[id]?.trim() ?? '';
  const [accessKey, secretKey] = [typed('accessKey'), typed('secretKey')];
  // It is a part of the header that is signed, between slashes.
  if (!/^[\x21-\x2e\x30-\x7e]+$/.test(accessKey) || secretKey === '') {
    return failed(failure('sign-in-refused', 'no usable access key or no secret key, nothing was sent'));
  }
  const base = baseUrl(serverAddress, typed('pathPrefix'));
  if (!base.ok) return base;
  const zone = createTimeZone(typed('timeZone') || ownTimeZone());
  if (!zone) return failed(failure('bad-input', 'not a time zone'));
  const callbackUrl = typed('callbackUrl') || null;
  if (callbackUrl !== null && !/^https?:\/\/[^\s/]+(\/\S*)?$/i.test(callbackUrl)) {
    return failed(failure('bad-address', 'the callback address'));
  }
  const variant = typed('variant');
  return ok({
    accessKey,
    secretKey,
    baseUrl: base.value,
    zone,
    timesIn: typed('timesIn') === 'utc' ? 'utc' : 'tenant',
    callbackUrl,
    variant: isVariant(variant) ? variant : null,
  });
}
