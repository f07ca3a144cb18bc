import { Button, Group, Loader, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import classes from './sign-in-page.module.css';
import type { Entering } from './use-sign-in.ts';

/** A sign-in that is over sooner needs no word about it. */
const SHORT_MS = 1500;

interface SignInButtonsProps {
  readonly busy: Entering | null;
  /** True while a question comes first. */
  readonly isSecond: boolean;
  readonly onStop: () => void;
}

/** The way in, and the way out of a sign-in that takes long. In view however long the form is. */
export function SignInButtons({ busy, isSecond, onStop }: SignInButtonsProps) {
  const isSigningIn = busy === 'signing-in';
  const takesLong = useTakesLong(isSigningIn);
  const way = useRef<HTMLButtonElement>(null);
  const stop = () => {
    // The button that was pressed goes away: the keyboard goes on beside it.
    way.current?.focus();
    onStop();
  };
  return (
    <div className={classes.buttons}>
      <Group gap="xs" wrap="nowrap">
        <Button
          ref={way}
          type="submit"
          variant={isSecond ? 'default' : 'filled'}
          fullWidth
          // Not disabled, so that the keyboard stays here.
          aria-disabled={busy !== null}
          disabled={busy === 'starting-demo'}
          leftSection={isSigningIn && <Loader size={16} color="white" aria-hidden />}
        >
          {isSigningIn ? 'Signing in…' : 'Sign in'}
        </Button>
        {takesLong && (
          <Button variant="default" flex="none" onClick={stop}>
            Stop
          </Button>
        )}
      </Group>
      <div role="status">
        {takesLong && (
          <Text size="sm" c="dimmed" mt="xs">
            If a page has opened in your browser, sign in and agree there. It goes on here by itself.
          </Text>
        )}
      </div>
    </div>
  );
}

/** True once something has gone on for longer than a moment. */
function useTakesLong(going: boolean): boolean {
  const [takesLong, setTakesLong] = useState(false);
  useEffect(() => {
    if (!going) return setTakesLong(false);
    const timer = setTimeout(() => setTakesLong(true), SHORT_MS);
    return () => clearTimeout(timer);
  }, [going]);
  return takesLong;
}
