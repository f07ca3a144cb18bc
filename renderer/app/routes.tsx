import { Redirect, Route, Switch } from 'wouter';
import { AddAccountPage } from '../features/sign-in/add-account-page.tsx';
import { SIGN_IN_PATH } from '../features/sign-in/use-account-actions.ts';
import { pathOf } from './paths.ts';
import { screenNames, screens } from './screens.tsx';

/** Draws the screen of the current path, or the sign-in with one more account; any other path leads to the first one. */
export function Routes() {
  return (
    <Switch>
      {screenNames.map((name) => (
        <Route key={name} path={pathOf(name)} component={screens[name].page} />
      ))}
      <Route path={SIGN_IN_PATH} component={AddAccountPage} />
      <Route>
        <Redirect to={pathOf('find')} replace />
      </Route>
    </Switch>
  );
}
