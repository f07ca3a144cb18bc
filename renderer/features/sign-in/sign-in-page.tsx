import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { ChosenSystem } from './chosen-system.tsx';
import { KeptQueue } from './kept-queue.tsx';
import classes from './sign-in-page.module.css';

const nothing = () => {};

/** Asks who one is, while nobody is signed in. `again`: the key of the account to sign in with; null: any. */
export function SignInPage({ again }: { again: string | null }) {
  useDocumentTitle('Sign in · CDR Desk');
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that led here is gone with its screen: the keyboard goes on where something is to be typed.
    if (document.activeElement === document.body) firstEmpty(card.current)?.focus();
  }, []);
  return (
    <div className={classes.page}>
      <div ref={card} className={classes.card}>
        <Title order={1}>Sign in</Title>
        <Text size="sm" c="dimmed" mt={4} mb="md">
          With the account that your call record system gave you.
        </Text>
        <KeptQueue />
        <ChosenSystem key={again} again={again} onDone={nothing} />
      </div>
    </div>
  );
}

const firstEmpty = (card: HTMLElement | null): HTMLInputElement | undefined =>
  [...(card?.querySelectorAll<HTMLInputElement>('input:required') ?? [])].find(({ value }) => value === '');
