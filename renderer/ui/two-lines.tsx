import classes from './two-lines.module.css';

/** A line, and a smaller one under it. Both end in an ellipsis and are whole in their tooltips. */
export function TwoLines({ first, second }: { first: string; second: string }) {
  return (
    <div>
      <div className={classes.first} title={first}>
        {first}
      </div>
      <div className={classes.second} title={second}>
        {second}
      </div>
    </div>
  );
}
