import { Button, Radio } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef } from 'react';
import type { ReportDeclaration } from '../../../electron/contract/report.ts';
import { CriteriaForm } from '../../ui/criteria-form.tsx';
import { readDraft } from '../../ui/criteria-form-draft.ts';
import { Notes } from '../../ui/notes.tsx';
import classes from './find-form.module.css';
import { currentReport, lookupKey } from './find-state.ts';
import { useFind } from './use-find.ts';

/** Which report, with which criteria. Nothing is sent while typing: "Find" or Enter does. */
export function FindForm() {
  const { pointOutMissing, find } = useFind(({ pointOutMissing, find }) => ({ pointOutMissing, find }));
  const report = useFind(currentReport);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (pointOutMissing) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [pointOutMissing]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void find();
  };
  return (
    <form ref={form} className={classes.form} onSubmit={submit} noValidate aria-label="Question">
      <ReportChoice />
      <div className={classes.question}>
        {report && <p className={classes.description}>{report.description}</p>}
        {report && <Criteria report={report} />}
        <Button
          type="submit"
          leftSection={<IconSearch size={18} aria-hidden />}
          disabled={report === null || report.unavailable !== undefined}
        >
          Find
        </Button>
        <Notes notes={report?.notes} />
      </div>
    </form>
  );
}

function ReportChoice() {
  const { reports, reportId, chooseReport } = useFind(({ reports, reportId, chooseReport }) => ({
    reports,
    reportId,
    chooseReport,
  }));
  if (reports.status !== 'ready') return null;
  return (
    <Radio.Group
      label="Report"
      value={reportId ?? ''}
      onChange={chooseReport}
      className={classes.reports ?? ''}
    >
      {reports.value.map(({ id, label, unavailable }) => (
        <Radio
          key={id}
          value={id}
          label={label}
          description={unavailable}
          disabled={unavailable !== undefined}
          classNames={{ root: classes.report ?? '' }}
        />
      ))}
    </Radio.Group>
  );
}

function Criteria({ report }: { report: ReportDeclaration }) {
  const draft = useFind(({ drafts }) => drafts[report.id]) ?? {};
  const { lookups, pointOutMissing, context, setField, loadLookup } = useFind((state) => ({
    lookups: state.lookups,
    pointOutMissing: state.pointOutMissing,
    context: state.context,
    setField: state.setField,
    loadLookup: state.loadLookup,
  }));
  const now = context();
  return (
    <CriteriaForm
      report={report}
      draft={draft}
      reading={readDraft(report, draft, now)}
      context={now}
      lookup={(fieldId) => lookups[lookupKey(report.id, fieldId)]}
      onLookupNeeded={(fieldId) => void loadLookup(report.id, fieldId)}
      pointOut={pointOutMissing}
      onChange={setField}
    />
  );
}
