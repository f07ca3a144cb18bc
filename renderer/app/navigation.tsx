import { Badge, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import { Link, useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useSharedStore } from '../bridge/cdr-context.tsx';
import { createDownloadsStore } from '../features/downloads/downloads-store.ts';
import { activeCount } from '../features/downloads/totals.ts';
import { formatCount } from '../words/plural.ts';
import classes from './navigation.module.css';
import { pathOf } from './paths.ts';
import { type ScreenName, screenNames, screens } from './screens.tsx';

/** The links to the screens. */
export function Navigation() {
  const [location] = useLocation();
  return (
    <div className={classes.nav}>
      {screenNames.map((name) => (
        <NavigationLink key={name} name={name} current={location === pathOf(name)} />
      ))}
    </div>
  );
}

function NavigationLink({ name, current }: { name: ScreenName; current: boolean }) {
  const { label, icon: Picture } = screens[name];
  const noteId = useId();
  return (
    <div className={classes.entry}>
      <Link
        href={pathOf(name)}
        className={classes.link ?? ''}
        aria-current={current ? 'page' : undefined}
        aria-describedby={name === 'downloads' ? noteId : undefined}
        title={label}
      >
        <Picture size={19} stroke={1.75} aria-hidden />
        <span className={classes.label}>{label}</span>
      </Link>
      {name === 'downloads' && <ActiveDownloads noteId={noteId} />}
    </div>
  );
}

/** Stands beside the link, not in it: the link's name stays the same whatever the number. */
function ActiveDownloads({ noteId }: { noteId: string }) {
  const count = useStore(useSharedStore(createDownloadsStore), ({ queue }) =>
    queue === null ? 0 : activeCount(queue.totals),
  );
  if (count === 0) return null;
  return (
    <>
      <Badge size="sm" variant="filled" className={classes.count ?? ''} aria-hidden>
        {formatCount(count)}
      </Badge>
      <VisuallyHidden id={noteId}>{formatCount(count)} in progress</VisuallyHidden>
    </>
  );
}
