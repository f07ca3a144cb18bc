import { Badge, VisuallyHidden } from '@mantine/core';
import { type Icon, IconLogin2 } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { Link, useLocation } from 'wouter';
import { useStore } from 'zustand';
import { useSharedStore } from '../bridge/cdr-context.tsx';
import { createDownloadsStore } from '../features/downloads/downloads-store.ts';
import { activeCount } from '../features/downloads/totals.ts';
import { SIGN_IN_PATH } from '../features/sign-in/use-account-actions.ts';
import { formatCount } from '../words/plural.ts';
import classes from './navigation.module.css';
import { pathOf } from './paths.ts';
import { openScreens, type ScreenName, screenNames, screens } from './screens.tsx';

/** The links to the screens. Until somebody is signed in, the sign-in stands in the place of what needs it. */
export function Navigation({ signedIn }: { signedIn: boolean }) {
  const [path] = useLocation();
  const isOpen = openScreens.some((name) => pathOf(name) === path);
  return (
    <div className={classes.nav}>
      {!signedIn && (
        <NavigationLink path={SIGN_IN_PATH} label="Sign in" icon={IconLogin2} current={!isOpen} />
      )}
      {(signedIn ? screenNames : openScreens).map((name) => (
        <ScreenLink key={name} name={name} current={path === pathOf(name)} />
      ))}
    </div>
  );
}

function ScreenLink({ name, current }: { name: ScreenName; current: boolean }) {
  const { label, icon } = screens[name];
  const noteId = useId();
  const common = { path: pathOf(name), label, icon, current };
  if (name !== 'downloads') return <NavigationLink {...common} />;
  return (
    <NavigationLink {...common} noteId={noteId}>
      <ActiveDownloads noteId={noteId} />
    </NavigationLink>
  );
}

interface NavigationLinkProps {
  readonly path: string;
  readonly label: string;
  readonly icon: Icon;
  readonly current: boolean;
  /** Of what more there is to say, which is among the children. */
  readonly noteId?: string;
  readonly children?: ReactNode;
}

function NavigationLink({ path, label, icon: Picture, current, noteId, children }: NavigationLinkProps) {
  return (
    <div className={classes.entry}>
      <Link
        href={path}
        className={classes.link ?? ''}
        aria-current={current ? 'page' : undefined}
        aria-describedby={noteId}
        title={label}
      >
        <Picture size={19} stroke={1.75} aria-hidden />
        <span className={classes.label}>{label}</span>
      </Link>
      {children}
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
