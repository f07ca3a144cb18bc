import { Redirect, Route, Switch } from 'wouter';
import { pathOf } from './paths.ts';
import { screenNames, screens } from './screens.tsx';

/** Draws the screen of the current path; any other path leads to the first one. */
export function Routes() {
  return (
    <Switch>
      {screenNames.map((name) => (
        <Route key={name} path={pathOf(name)} component={screens[name].page} />
      ))}
      <Route>
        <Redirect to={pathOf('find')} replace />
      </Route>
    </Switch>
  );
}
