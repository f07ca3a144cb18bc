import { Button, Divider, Group, Loader, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Entering } from './use-sign-in.ts';

/** A sign-in that is over sooner needs no word about it. */
const SHORT_MS = 1500;

interface SignInButtonsProps {
  readonly busy: Entering | null;
  readonly onDemo: () => void;
  readonly onStop: () => void;
}

/** The way in, the way out of a sign-in that takes long, and the way into the sample data. */
export function SignInButtons({ busy, onDemo, onStop }: SignInButtonsProps) {
  const isSigningIn = busy === 'signing-in';
  const takesLong = useTakesLong(isSigningIn);
  const way = useRef<HTMLButtonElement>(null);
  const stop = () => {
    // The button that was pressed goes away: the keyboard goes on beside it.
    way.current?.focus();
    onStop();
  };
  return (
    <>
      <div>
        <Group gap="xs" wrap="nowrap">
          <Button
            ref={way}
            type="submit"
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
      <Divider label="or look around first" />
      <Button
        variant="default"
        fullWidth
        loading={busy === 'starting-demo'}
        disabled={isSigningIn}
        onClick={onDemo}
      >
        Try it with sample data
      </Button>
    </>
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
