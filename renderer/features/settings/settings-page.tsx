import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useStore } from 'zustand';
import { useSharedStore } from '../../bridge/cdr-context.tsx';
import { createSettingsStore } from '../../bridge/settings-store.ts';
import { useAccounts } from '../../bridge/use-accounts.ts';
import { FailureAlert } from '../../ui/failure-alert.tsx';
import { GridSkeleton } from '../../ui/grid-skeleton.tsx';
import { Page } from '../../ui/page.tsx';
import { About } from './about.tsx';
import { AccountSetting } from './account-setting.tsx';
import { AtOnceSetting } from './at-once-setting.tsx';
import { FolderSetting } from './folder-setting.tsx';
import { HoursSetting } from './hours-setting.tsx';
import { KeepSetting } from './keep-setting.tsx';
import { ManifestSetting } from './manifest-setting.tsx';
import { ownAccounts } from './own-accounts.ts';
import { OwnSettings } from './own-settings.tsx';
import { ServerSetting } from './server-setting.tsx';
import classes from './settings.module.css';
import { SpeedLimitSetting } from './speed-limit-setting.tsx';
import { ThemeSetting } from './theme-setting.tsx';

/** What can be set. Every change is saved at once. */
export function SettingsPage() {
  const { value, failure, loading, reload } = useStore(useSharedStore(createSettingsStore));
  const { accounts, current } = useAccounts();
  const own = ownAccounts({ accounts, current });
  return (
    <Page title="Settings" scrolls>
      {failure && (
        <FailureAlert
          failure={failure}
          action={{ label: 'Try again', onClick: () => void reload(), busy: loading }}
        />
      )}
      {value === null && failure === null && <GridSkeleton label="Loading the settings" />}
      {value !== null && (
        <div className={classes.sections}>
          <Section title="Downloads">
            <FolderSetting settings={value} />
            <AtOnceSetting settings={value} />
            <SpeedLimitSetting settings={value} />
            <HoursSetting settings={value} />
            <ManifestSetting settings={value} />
          </Section>
          {own.length > 0 && (
            <Section title="For one account">
              <OwnSettings accounts={own} current={current} settings={value} />
            </Section>
          )}
          <Section title="Signing in">
            <AccountSetting />
            <KeepSetting settings={value} />
            <ServerSetting settings={value} />
          </Section>
          <Section title="Look">
            <ThemeSetting settings={value} />
          </Section>
          <About />
        </div>
      )}
    </Page>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <Title order={2} size="h4" id={id} className={classes.title ?? ''}>
        {title}
      </Title>
      {children}
    </section>
  );
}
