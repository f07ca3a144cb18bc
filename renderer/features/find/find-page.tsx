import { useReducedMotion } from '@mantine/hooks';
import { IconFileSearch } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { GridSkeleton } from '../../ui/grid-skeleton.tsx';
import { Page } from '../../ui/page.tsx';
import { FindForm } from './find-form.tsx';
import classes from './find-page.module.css';
import { FoundPanel } from './found-panel.tsx';
import { SearchPanel } from './search-panel.tsx';
import { useFind } from './use-find.ts';

/** The main job's screen: say what you want, look at what there is, download it. */
export function FindPage() {
  const { reports, open } = useFind(({ reports, open }) => ({ reports, open }));
  useEffect(() => void open(), [open]);
  return (
    <Page title="Find files" scrolls>
      {reports.status === 'loading' && <GridSkeleton label="The reports are being loaded" rows={4} />}
      {reports.status === 'failed' && (
        <FailureAlert failure={reports.failure} action={{ label: 'Try again', onClick: () => void open() }} />
      )}
      {reports.status === 'ready' && (
        <>
          <FindForm />
          <Result />
        </>
      )}
    </Page>
  );
}

function Result() {
  const { found, status } = useFind(({ found, search }) => ({ found, status: search.status }));
  const still = useReducedMotion();
  const area = useRef<HTMLDivElement>(null);
  const shown = useRef(found);
  const count = found?.files.files.length ?? 0;
  useEffect(() => {
    // A new list comes into view; one that was there when the screen opened stays where it is.
    if (found !== shown.current && count > 0)
      area.current?.scrollIntoView({ block: 'start', behavior: still ? 'instant' : 'smooth' });
    shown.current = found;
  }, [found, count, still]);
  return (
    <div ref={area} className={classes.result} style={{ '--rows': count } as CSSProperties}>
      <SearchPanel />
      {found && <FoundPanel found={found} dimmed={status !== 'idle'} />}
      {!found && (status === 'idle' || status === 'stopped') && <NothingAskedYet />}
    </div>
  );
}

function NothingAskedYet() {
  return (
    <div className={classes.nothing}>
      <IconFileSearch size={28} stroke={1.5} aria-hidden />
      <p>
        Choose a report and a period, then press Find. The files are listed here before anything is
        downloaded.
      </p>
    </div>
  );
}
