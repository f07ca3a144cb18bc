import { FileName } from './file-name.tsx';
import classes from './two-lines.module.css';

/** A file's name, and a smaller line under it. Both are whole in their tooltips. */
export function TwoLines({ name, second }: { name: string; second: string }) {
  return (
    <div>
      <div className={classes.first}>
        <FileName name={name} />
      </div>
      <div className={classes.second} title={second}>
        {second}
      </div>
    </div>
  );
}
