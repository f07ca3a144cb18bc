import { IconClockExclamation } from '@tabler/icons-react';
import { signInEndsText } from '../words/account-text.ts';
import classes from './offline-banner.module.css';

/** Says when a sign-in is about to end, for the last week. `endsAt`: milliseconds since 1970, UTC; null: it does not. */
export function SignInEndsBanner({ endsAt }: { endsAt: number | null }) {
  const text = signInEndsText(endsAt, Date.now());
  return (
    <div role="status">
      {text !== null && (
        <div className={classes.banner}>
          <IconClockExclamation size={18} stroke={1.75} aria-hidden />
          {text}
        </div>
      )}
    </div>
  );
}
