import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useId } from 'react';
import { useLocation } from 'wouter';
import type { FoundFile } from '../../../electron/contract/report.ts';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { downloadLabel, selectedText } from './found-words.ts';
import classes from './save-bar.module.css';
import { useFind } from './use-find.ts';

/** Where the ticked files go, and the button that sends them there. An earlier result waits while a search runs. */
export function SaveBar({ files }: { files: readonly FoundFile[] }) {
  const { selected, folder, adding, saveFailure, searching, changeFolder, findAgain, download } = useFind(
    (state) => ({
      selected: state.selected,
      folder: state.folder,
      adding: state.adding,
      saveFailure: state.saveFailure,
      searching: state.search.status === 'running',
      changeFolder: state.changeFolder,
      findAgain: state.findAgain,
      download: state.download,
    }),
  );
  const [, navigate] = useLocation();
  const hintId = useId();
  const labelId = useId();
  const start = async () => {
    if (await download()) navigate('/downloads');
  };
  return (
    <div className={classes.bar}>
      {saveFailure && (
        <FailureAlert
          failure={saveFailure}
          {...(saveFailure.code === 'listing-gone' && {
            action: { label: 'Find again', onClick: () => void findAgain() },
          })}
          {...(saveFailure.code === 'no-room' && {
            action: { label: 'Choose another folder…', onClick: () => void changeFolder() },
          })}
        />
      )}
      <div className={classes.line}>
        <fieldset aria-labelledby={labelId} className={classes.target}>
          <div className={classes.place}>
            <div id={labelId} className={classes.label}>
              Save to
            </div>
            <div className={classes.folder} title={folder ?? ''}>
              {folder}
            </div>
          </div>
          <Button variant="default" onClick={() => void changeFolder()}>
            Change
          </Button>
        </fieldset>
        <div className={classes.download}>
          <Text size="sm" c="dimmed" id={hintId}>
            {selectedText(files, selected)}
          </Text>
          <Button
            leftSection={<IconDownload size={18} aria-hidden />}
            disabled={selected.size === 0 || folder === null || searching}
            loading={adding}
            aria-describedby={hintId}
            onClick={() => void start()}
          >
            {downloadLabel(selected.size)}
          </Button>
        </div>
      </div>
    </div>
  );
}
