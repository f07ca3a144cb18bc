import { CoverageNotes } from './coverage-notes.tsx';
import { fold, nothingFoundAdvice } from './coverage-words.ts';
import type { Found } from './find-state.ts';
import { FoundGrid } from './found-grid.tsx';
import classes from './found-panel.module.css';
import { foundText, titleText } from './found-words.ts';
import { SaveBar } from './save-bar.tsx';
import { useFind } from './use-find.ts';

interface FoundPanelProps {
  readonly found: Found;
  /** True while it is the outcome of an earlier question than the last one. */
  readonly dimmed: boolean;
}

/** What was found: for what, whether it is complete, the files, and where they go. */
export function FoundPanel({ found, dimmed }: FoundPanelProps) {
  const { files, coverage } = found.files;
  return (
    <section className={classes.panel} data-dimmed={dimmed} aria-label="Result">
      <p className={classes.title}>
        {dimmed && `Earlier result, ${foundText(files)}: `}
        {titleText(found.files)}
      </p>
      {files.length === 0 ? (
        <Advice found={found} />
      ) : (
        <>
          <CoverageNotes coverage={coverage} />
          <FoundGrid files={files} />
          <SaveBar files={files} />
        </>
      )}
    </section>
  );
}

function Advice({ found }: { found: Found }) {
  const { reports, context } = useFind(({ reports, context }) => ({ reports, context }));
  const report =
    reports.status === 'ready' ? reports.value.find(({ id }) => id === found.asked.reportId) : undefined;
  const { coverage } = found.files;
  // Where all of a long period is missing, one line a day would only say it again.
  const missing = fold(coverage.missing).more === 0 ? coverage.missing : [];
  return (
    <>
      {report && (
        <p className={classes.advice}>{nothingFoundAdvice(report, found.asked.criteria, context().today)}</p>
      )}
      <CoverageNotes coverage={{ ...coverage, missing }} />
    </>
  );
}
