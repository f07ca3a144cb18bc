import { Alert, Button, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Coverage } from '../../../electron/contract/report.ts';
import { formatCount } from '../../words/plural.ts';
import classes from './coverage-notes.module.css';
import { failedSitesText, fold, incompleteText, missingTexts } from './coverage-words.ts';
import { useFind } from './use-find.ts';

/** What of the question has no file, and what of the answer did not arrive. Nothing when all is there. */
export function CoverageNotes({ coverage }: { coverage: Coverage }) {
  const findAgain = useFind(({ findAgain }) => findAgain);
  const incomplete = incompleteText(coverage);
  const { failedSites, missing } = coverage;
  if (incomplete === '' && failedSites.length === 0 && missing.length === 0) return null;
  return (
    <Alert
      icon={<IconAlertTriangle aria-hidden />}
      classNames={{ root: classes.notes ?? '', icon: classes.icon ?? '' }}
    >
      {missing.length > 0 && <Missing missing={missing} />}
      {incomplete !== '' && (
        <div className={classes.line}>
          {incomplete}. The service announced more files than it listed.
          <Again label="List again" onClick={() => void findAgain()} />
        </div>
      )}
      {failedSites.length > 0 && (
        <div className={classes.line}>
          {failedSitesText(failedSites)}
          <Again label="Try these sites again" onClick={() => void findAgain()} />
        </div>
      )}
    </Alert>
  );
}

function Missing({ missing }: { missing: readonly string[] }) {
  const [whole, setWhole] = useState(false);
  const lines = missingTexts(missing);
  const { shown, more } = fold(lines);
  return (
    <ul className={classes.missing}>
      {(whole ? lines : shown).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {more > 0 && (
        <li>
          <UnstyledButton className={classes.more} aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? 'Show fewer' : `and ${formatCount(more)} more`}
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}

function Again({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant="default" onClick={onClick}>
      {label}
    </Button>
  );
}
