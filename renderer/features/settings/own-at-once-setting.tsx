import { useState } from 'react';
import type { KnownAccount } from '../../../electron/contract/account.ts';
import type { SettingsView } from '../../../electron/contract/settings.ts';
import { useCdr } from '../../bridge/cdr-context.tsx';
import { plural } from '../../words/plural.ts';
import { AtOnceInput } from './at-once-input.tsx';
import { LimitChoice } from './limit-choice.tsx';
import { Setting } from './setting.tsx';
import { useSaveAccount } from './use-save.ts';

/** To begin with: what a small service stands. */
const FIRST_LIMIT = 2;

interface OwnAtOnceSettingProps {
  readonly account: KnownAccount;
  readonly settings: SettingsView;
}

/** How many files of one account are downloaded at the same time. */
export function OwnAtOnceSetting({ account: { key, filesAtOnce }, settings }: OwnAtOnceSettingProps) {
  const cdr = useCdr();
  const { save, saveSoon, saved, failure } = useSaveAccount();
  const [typed, setTyped] = useState<string | number>(filesAtOnce ?? FIRST_LIMIT);
  const change = (files: number | null) => cdr.account.change({ key, change: { filesAtOnce: files } });
  return (
    <Setting saved={saved} failure={failure}>
      <LimitChoice
        label="Files at once"
        help={`Of this account. All accounts together: ${plural(settings.atOnce, 'file')}, as set under Downloads.`}
        freeLabel="As many as for all"
        limitedLabel="At most"
        limited={filesAtOnce !== null}
        onChange={(limited) => {
          setTyped(FIRST_LIMIT);
          void save(() => change(limited ? FIRST_LIMIT : null));
        }}
      >
        <AtOnceInput
          aria-label="Files of this account at once"
          w={150}
          typed={typed}
          onType={setTyped}
          onChange={(files) => saveSoon(() => change(files))}
        />
      </LimitChoice>
    </Setting>
  );
}
