import { Button, Modal } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import classes from './check-folder.module.css';
import { createCheckFolderStore } from './check-folder-store.ts';
import { CheckProgress } from './check-progress.tsx';
import { CheckResult } from './check-result.tsx';

/** Compares the files of a folder with the manifest that lies in it. */
export function CheckFolder() {
  const { checking, outcome, check, cancel, close } = useStore(useSharedStore(createCheckFolderStore));
  const progress = checking?.progress ?? null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFolderSearch size={15} aria-hidden />}
        onClick={() => void check()}
      >
        Check a folder…
      </Button>
      <Modal
        opened={progress !== null || outcome !== null}
        onClose={progress === null ? close : cancel}
        closeOnClickOutside={progress === null}
        title="Check a folder"
        size="xl"
      >
        <Dialog />
      </Modal>
    </>
  );
}

function Dialog() {
  const { checking, outcome, check, cancel, close } = useStore(useSharedStore(createCheckFolderStore));
  const progress = checking?.progress ?? null;
  const running = progress !== null;
  const dialog = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed is gone with what was shown before: the keyboard goes on from here.
    if (!running && document.activeElement === document.body) dialog.current?.focus({ preventScroll: true });
  }, [running]);
  return (
    <div ref={dialog} tabIndex={-1} className={classes.dialog}>
      {progress !== null && <CheckProgress progress={progress} onCancel={cancel} />}
      {!running && outcome?.ok === false && (
        <FailureAlert
          failure={outcome.failure}
          action={{ label: 'Choose another folder…', onClick: () => void check() }}
        />
      )}
      {!running && outcome?.ok === true && (
        <CheckResult check={outcome.value} onNext={() => void check()} onClose={close} />
      )}
    </div>
  );
}
