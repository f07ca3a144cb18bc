import { fingerprintGroups } from '../words/fingerprint.ts';
import classes from './fingerprint.module.css';

/** A certificate's fingerprint in groups, to be compared one by one. */
export function Fingerprint({ fingerprint }: { fingerprint: string }) {
  return <p className={classes.groups}>{fingerprintGroups(fingerprint).join(' ')}</p>;
}
