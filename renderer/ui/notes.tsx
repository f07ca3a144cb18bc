import { IconInfoCircle } from '@tabler/icons-react';
import classes from './notes.module.css';

/** Facts that a person should know, one sentence each. Nothing where there are none. */
export function Notes({ notes }: { notes: readonly string[] | undefined }) {
  if (notes === undefined || notes.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {notes.map((note) => (
        <li key={note}>
          <IconInfoCircle size={15} aria-hidden />
          {note}
        </li>
      ))}
    </ul>
  );
}
