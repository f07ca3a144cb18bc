import classes from './file-name.module.css';

/** The end of a name says which day or month it is; so many characters of it stay in view. */
const TAIL_LENGTH = 12;

/** A name on one line. Where there is no room its middle gives way, and it is whole in its tooltip. */
export function FileName({ name }: { name: string }) {
  const characters = Array.from(name);
  return (
    <div className={classes.name} title={name}>
      <span className={classes.head}>{characters.slice(0, -TAIL_LENGTH).join('')}</span>
      <span>{characters.slice(-TAIL_LENGTH).join('')}</span>
    </div>
  );
}
