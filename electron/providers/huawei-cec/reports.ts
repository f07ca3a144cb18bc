/** What can be fetched, as data. */
import type { PeriodField, ReportDeclaration, TextField } from '../../contract/report.ts';
import { csvChoices } from '../csv-choices.ts';

/** Report ids. They are kept with downloads and in the history, so they never change. */
export const reportIds = {
  records: 'call-and-recording-records',
  byName: 'file-by-name',
  byResponse: 'file-by-response-id',
} as const;

/** Nobody says how long anything is kept, so nothing is warned of. */
const days: Omit<PeriodField, 'label' | 'longest'> = { kind: 'days', id: 'period', keptDays: 36_500 };

const filter: Omit<TextField, 'id' | 'label'> = {
  kind: 'text',
  optional: true,
  pattern: { is: '[\\w.@-]{1,64}', otherwise: 'Letters, digits and - _ . @ only.' },
};

export const reports: readonly ReportDeclaration[] = [
  {
    id: reportIds.records,
    label: 'Call records and recording index',
    description:
      'Tables of calls, of recordings, or of both. The contact center makes ZIP files of them, each for up to three days.',
    madeOnDemand: true,
    fields: [
      {
        kind: 'choice',
        id: 'dataType',
        label: 'Records of',
        options: [
          { value: 'call', label: 'Calls' },
          { value: 'record', label: 'Recordings', help: 'The index of recordings, not the sound itself.' },
          { value: 'call_record', label: 'Both' },
        ],
        default: 'call',
      },
      { ...days, label: 'Period', longest: 366 },
      {
        kind: 'choice',
        id: 'files',
        label: 'Files',
        options: [
          { value: 'zip', label: 'ZIP files as they come' },
          {
            value: 'csv',
            label: 'One CSV, each row once',
            help: 'Made here from the ZIP files. A period longer than a month gets one for each month.',
          },
        ],
        default: 'zip',
      },
      ...csvChoices({ field: 'files', is: ['csv'] }),
      { ...filter, id: 'accountId', label: 'Tenant ID', help: 'Only where the key is for several tenants.' },
      { ...filter, id: 'agentId', label: 'Agent ID', help: 'Left empty: all agents.' },
    ],
    notes: [
      'One call can have several rows: one for each queue or agent it went to.',
      'A period that is not over yet gives the records that there are so far.',
    ],
  },
  {
    id: reportIds.byName,
    label: 'A file by its name',
    description: 'A file that your contact center has made already, and told you the name of.',
    fields: [
      {
        kind: 'text',
        id: 'fileName',
        label: 'File name',
        placeholder: '20240501_0123456789abcdef0123456789abcdef.zip',
        pattern: {
          is: '\\d{8}_[0-9A-Za-z]{1,36}\\.zip',
          otherwise: 'Eight digits for the day, an underscore, the response ID without hyphens, and .zip.',
        },
      },
    ],
  },
  {
    id: reportIds.byResponse,
    label: 'A file by its response ID',
    description: 'A file that was ordered from your contact center elsewhere.',
    madeOnDemand: true,
    fields: [
      {
        kind: 'text',
        id: 'responseId',
        label: 'Response ID',
        help: 'What the contact center answered to the order (responseId), with or without hyphens.',
        pattern: { is: '[0-9A-Za-z-]{1,72}', otherwise: 'Letters, digits and hyphens only.' },
      },
      { ...days, label: 'Day of the order', longest: 1 },
    ],
  },
];
