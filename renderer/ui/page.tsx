import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  /** True for a page that scrolls as a whole; false for one whose grid takes the height that is left. */
  readonly scrolls?: boolean;
  readonly children: ReactNode;
}

/** A screen: its heading, what belongs beside it, and a column that fills the window. */
export function Page({ title, actions, scrolls = false, children }: PageProps) {
  useDocumentTitle(`${title} · CDR Desk`);
  return (
    <div className={scrolls ? `${classes.page} ${classes.scrolls}` : classes.page}>
      <div className={classes.header}>
        <Title order={1}>{title}</Title>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
