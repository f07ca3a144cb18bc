import type { ReportDeclaration } from '../../../electron/contract/report.ts';
import { CoverageNotes } from './coverage-notes.tsx';
import { fold, nothingFoundAdvice } from './coverage-words.ts';
import { type Found, foundReport } from './find-state.ts';
import { FoundGrid } from './found-grid.tsx';
import classes from './found-panel.module.css';
import { foundText, titleText } from './found-words.ts';
import { MakingForecast } from './making-forecast.tsx';
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
  const report = useFind(foundReport);
  const madeOnDemand = report?.madeOnDemand ?? false;
  return (
    <section className={classes.panel} data-dimmed={dimmed} aria-label="Result">
      <p className={classes.title}>
        {dimmed && `Earlier result, ${foundText(files, madeOnDemand)}: `}
        {titleText(found.files)}
      </p>
      {files.length === 0 ? (
        <Advice found={found} report={report} />
      ) : (
        <>
          {report?.madeOnDemand && <MakingForecast found={found.files} />}
          <CoverageNotes coverage={coverage} />
          <FoundGrid files={files} madeOnDemand={madeOnDemand} />
          <SaveBar files={files} />
        </>
      )}
    </section>
  );
}

function Advice({ found, report }: { found: Found; report: ReportDeclaration | null }) {
  const context = useFind(({ context }) => context);
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
