import classes from './file-name.module.css';

/** The end of a name says which day or month it is; so many characters of it stay in view. */
const TAIL_LENGTH = 12;

/** A day or a month, and what follows it: the service's own names and ours end with their period. */
const PERIOD = /(?<=\D)20\d{4}(?:\d{2})?(?!\d).*$/u;

/** Room for one character of a tail, in em: digits and capitals are wide. */
const CHARACTER_EM = 0.62;

/** The two parts of a name: what may give way, and what says which period it is of. */
export function splitName(name: string): readonly [head: string, tail: string] {
  const characters = Array.from(name);
  const tail = PERIOD.exec(name)?.[0] ?? characters.slice(-TAIL_LENGTH).join('');
  return [name.slice(0, name.length - tail.length), tail];
}

/** A name on one line. Where there is no room its middle gives way, and it is whole in its tooltip. */
export function FileName({ name }: { name: string }) {
  const [head, tail] = splitName(name);
  const maxWidth = `max(4em, 100% - ${(tail.length * CHARACTER_EM).toFixed(1)}em)`;
  return (
    <div className={classes.name} title={name}>
      <span className={classes.head} style={{ maxWidth }}>
        {head}
      </span>
      <span>{tail}</span>
    </div>
  );
}
