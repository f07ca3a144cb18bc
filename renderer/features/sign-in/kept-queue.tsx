import { Text } from '@mantine/core';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { plural } from '../../words/plural.ts';
import { createDownloadsStore } from '../downloads/downloads-store.ts';
import { unfinishedCount } from '../downloads/totals.ts';
import classes from './sign-in-page.module.css';

/** Says that the downloads of before are still there, when there are any. */
export function KeptQueue() {
  const count = useStore(useSharedStore(createDownloadsStore), ({ queue }) =>
    queue === null ? 0 : unfinishedCount(queue.totals),
  );
  if (count === 0) return null;
  return (
    <Text size="sm" className={classes.kept ?? ''}>
      {plural(count, 'unfinished download')} {count === 1 ? 'is' : 'are'} kept, with what has arrived so far.
    </Text>
  );
}
