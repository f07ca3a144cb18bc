import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: Icon;
  readonly title: string;
  /** What it means, and what one can do. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** What a screen says while there is nothing to show. */
export function EmptyState({ icon: Picture, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.state} role="status">
      <div className={classes.icon}>
        <Picture size={28} stroke={1.5} aria-hidden />
      </div>
      <div className={classes.title}>{title}</div>
      <div className={classes.text}>{children}</div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
