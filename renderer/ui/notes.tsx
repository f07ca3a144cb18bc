import { IconInfoCircle } from '@tabler/icons-react';
import { IconList } from './icon-list.tsx';

/** Facts that a person should know, one sentence each. Nothing where there are none. */
export function Notes({ notes }: { notes: readonly string[] | undefined }) {
  if (notes === undefined || notes.length === 0) return null;
  return <IconList icon={IconInfoCircle} items={notes} size="xs" />;
}
