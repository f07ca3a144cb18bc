import { Activity, useEffect, useRef, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useSharedStore } from '../bridge/cdr-context.tsx';
import { createAgainStore } from '../features/sign-in/again-store.ts';
import { SignInPage } from '../features/sign-in/sign-in-page.tsx';
import { SIGN_IN_PATH } from '../features/sign-in/use-account-actions.ts';
import { pathOf } from './paths.ts';
import { openScreens, screens } from './screens.tsx';

/** Draws the screen of the current path where it needs no sign-in; any other path is the sign-in. */
export function OpenRoutes() {
  const [path] = useLocation();
  const isOpen = openScreens.some((name) => pathOf(name) === path);
  const asked = useAskedFor();
  useStayWhenSignedIn(isOpen ? path : null);
  return (
    <>
      {/* What was typed is still there after a look at the settings, and a sign-in under way goes on. */}
      <Activity mode={isOpen ? 'hidden' : 'visible'}>
        <SignInPage again={asked} />
      </Activity>
      <Switch>
        {openScreens.map((name) => (
          <Route key={name} path={pathOf(name)} component={screens[name].page} />
        ))}
      </Switch>
    </>
  );
}

/** The key of the account that a screen has asked to sign in with since everybody is signed out; null: none. */
function useAskedFor(): string | null {
  const again = useSharedStore(createAgainStore);
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => again.subscribe((asked) => setKey(asked.key)), [again]);
  return key;
}

/**
 * Keeps the screen that is looked at when a sign-in that was under way comes to its end. From the sign-in itself it goes
 * to where one was before. `open`: the path of the screen; null: the sign-in.
 */
function useStayWhenSignedIn(open: string | null): void {
  const [path, navigate] = useHashLocation();
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (open !== null) {
      before.current ??= path;
      navigate(open, { replace: true });
    } else if (before.current !== null) {
      navigate(before.current, { replace: true });
      before.current = null;
    } else if (path === SIGN_IN_PATH) {
      // Whoever signs in here has done what it is for.
      navigate('/', { replace: true });
    }
  }, [open, path, navigate]);
}
