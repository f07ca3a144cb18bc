import { ActionIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { createContext, useContext } from 'react';
import classes from './row-button.module.css';

/** True inside the row that the keyboard is on: only its buttons take part in the tab order. */
export const ActiveRowContext = createContext(false);

interface RowButtonProps {
  /** The accessible name, and the tooltip. */
  readonly label: string;
  readonly icon: Icon;
  readonly onClick: () => void;
  readonly busy?: boolean;
}

/** An icon button in a row of a grid. */
export function RowButton({ label, icon: Picture, onClick, busy = false }: RowButtonProps) {
  const active = useContext(ActiveRowContext);
  return (
    <ActionIcon
      className={classes.button ?? ''}
      variant="subtle"
      color="gray"
      size={30}
      aria-label={label}
      title={label}
      tabIndex={active ? 0 : -1}
      loading={busy}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
    >
      <Picture size={18} stroke={1.75} aria-hidden />
    </ActionIcon>
  );
}
