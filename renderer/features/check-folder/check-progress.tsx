import { Button } from '@mantine/core';
import type { FolderCheckProgress } from '../../../electron/contract/manifest.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { checkPercent, checkProgressText } from '../../words/folder-check-text.ts';
import classes from './check-folder.module.css';

interface CheckProgressProps {
  readonly progress: FolderCheckProgress;
  readonly onCancel: () => void;
}

/** How far the check is, and the way to stop it. */
export function CheckProgress({ progress, onCancel }: CheckProgressProps) {
  const text = checkProgressText(progress);
  return (
    <>
      <div role="status" className={classes.headline}>
        Reading the files again
      </div>
      <ProgressBar label="Progress of the check" percent={checkPercent(progress)} text={text} size={8} />
      <div className={classes.figures}>{text}</div>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onCancel} data-autofocus>
          Cancel
        </Button>
      </div>
    </>
  );
}
