import type { ReactNode } from 'react';
import classes from './fact-list.module.css';

/** Facts by name, one under the other. */
export function FactList({ facts }: { facts: readonly (readonly [name: string, fact: ReactNode])[] }) {
  return (
    <dl className={classes.list}>
      {facts.map(([name, fact]) => (
        <div key={name} className={classes.fact}>
          <dt className={classes.name}>{name}</dt>
          <dd className={classes.value}>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
