import type { DownloadTotals } from '../../../electron/contract/download.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import classes from './downloads.module.css';
import { totalFigures, totalPercent } from './totals.ts';

/** How far the whole queue is. */
export function TotalProgress({ totals }: { totals: DownloadTotals }) {
  const percent = totalPercent(totals);
  const figures = totalFigures(totals);
  return (
    <div className={classes.total}>
      <div className={classes.figures}>
        {figures.map((figure, place) => (
          <span key={figure} className={place === 0 ? classes.mainFigure : undefined}>
            {figure}
          </span>
        ))}
      </div>
      <ProgressBar
        label="Total progress"
        percent={percent}
        text={figures.join(', ')}
        color={percent === 100 ? 'green.7' : 'harbour'}
        size={8}
      />
    </div>
  );
}
