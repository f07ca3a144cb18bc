import { Group, Radio } from '@mantine/core';
import { shownFields } from '../../electron/contract/check-criteria.ts';
import type { ChoiceField, CriterionField, ReportDeclaration } from '../../electron/contract/report.ts';
import classes from './criteria-form.module.css';
import {
  type Draft,
  type DraftContext,
  type DraftReading,
  type PeriodDraft,
  periodOf,
  periodTexts,
  readPeriod,
} from './criteria-form-draft.ts';
import { CriteriaFormLookup } from './criteria-form-lookup.tsx';
import { CriteriaFormText } from './criteria-form-text.tsx';
import type { Loaded } from './loaded.ts';
import { PeriodField } from './period-field.tsx';

interface CriteriaFormProps {
  readonly report: ReportDeclaration;
  readonly draft: Draft;
  readonly reading: DraftReading;
  readonly context: DraftContext;
  /** The values of a lookup field; undefined before they were asked for. */
  readonly lookup: (fieldId: string) => Loaded<readonly string[]> | undefined;
  readonly onLookupNeeded: (fieldId: string) => void;
  /** True once the person asked to go on: then what is still missing is pointed out too. */
  readonly pointOut: boolean;
  readonly onChange: (fieldId: string, value: string | PeriodDraft) => void;
}

/** The criteria of any report, drawn from its declaration. */
export function CriteriaForm(props: CriteriaFormProps) {
  const { report, reading } = props;
  return (
    <div className={classes.form}>
      {shownFields(report, reading.criteria).map((field) => (
        <Field key={`${report.id} ${field.id}`} field={field} {...props} />
      ))}
    </div>
  );
}

function Field({ field, ...props }: CriteriaFormProps & { readonly field: CriterionField }) {
  const { draft, reading, context, pointOut, onChange } = props;
  const remarks = reading.remarks[field.id] ?? {};
  const value = reading.criteria[field.id];
  const typed = draft[field.id];
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'choice':
      return <Choice field={field} value={text} onChange={(chosen) => onChange(field.id, chosen)} />;
    case 'lookup':
      return (
        <CriteriaFormLookup
          field={field}
          value={text}
          values={props.lookup(field.id)}
          error={pointOut ? remarks.error : undefined}
          onChange={(chosen) => onChange(field.id, chosen)}
          onNeeded={() => props.onLookupNeeded(field.id)}
        />
      );
    case 'text':
      return (
        <CriteriaFormText
          field={field}
          text={typeof typed === 'string' ? typed : ''}
          error={remarks.error}
          pointOut={pointOut}
          onChange={(text) => onChange(field.id, text)}
        />
      );
    case 'days':
    case 'months':
      return (
        <PeriodField
          field={field}
          draft={periodOf(field, draft)}
          texts={periodTexts(field, draft, context.today)}
          value={readPeriod(field, draft, context)}
          remarks={remarks}
          pointOut={pointOut}
          today={context.today}
          onChange={(period) => onChange(field.id, period)}
        />
      );
  }
}

interface ChoiceProps {
  readonly field: ChoiceField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Choice({ field, value, onChange }: ChoiceProps) {
  const help = field.options.find((option) => option.value === value)?.help;
  return (
    <Radio.Group label={field.label} value={value} onChange={onChange} description={help}>
      <Group className={classes.options ?? ''}>
        {field.options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} />
        ))}
      </Group>
    </Radio.Group>
  );
}
