import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import classes from './disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  /** What is under it, in a few words, while it is closed. */
  readonly note?: string;
  readonly startsOpen?: boolean;
  /** True while something under it needs to be seen. */
  readonly staysOpen?: boolean;
  readonly children: ReactNode;
}

/** A button that shows what is under it, which is on the page only while it is shown. */
export function Disclosure({
  label,
  note,
  startsOpen = false,
  staysOpen = false,
  children,
}: DisclosureProps) {
  const [chosen, { toggle }] = useDisclosure(startsOpen);
  const open = chosen || staysOpen;
  const id = useId();
  return (
    <div>
      <UnstyledButton className={classes.button} aria-expanded={open} aria-controls={id} onClick={toggle}>
        <IconChevronRight size={16} stroke={1.75} aria-hidden className={classes.chevron} data-open={open} />
        {label}
        {note !== undefined && !open && <span className={classes.note}>{note}</span>}
      </UnstyledButton>
      <div id={id} className={classes.content} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
