import { useEffect, useState } from 'react';
import { useCdr } from '../../bridge/cdr-context.tsx';
import classes from './settings.module.css';

/** The version, for a call to support. */
export function About() {
  const cdr = useCdr();
  const [text, setText] = useState('');
  useEffect(() => {
    void cdr.desktop.about().then((answer) => {
      if (answer.ok) setText(`CDR Desk ${answer.value.version} on ${answer.value.platform}`);
    });
  }, [cdr]);
  return <p className={classes.about}>{text}</p>;
}
