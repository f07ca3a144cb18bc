import type { ReportDeclaration } from '../../../electron/contract/report.ts';

/** Reports that have every kind of field between them. */
export const archives: ReportDeclaration = {
  id: 'archives',
  label: 'Archives',
  description: 'One file a day.',
  fields: [{ kind: 'days', id: 'period', label: 'Period', keptDays: 365, longest: 60 }],
};

export const peaks: ReportDeclaration = {
  id: 'peaks',
  label: 'Peaks',
  description: 'One file a day or month.',
  fields: [
    {
      kind: 'choice',
      id: 'frequency',
      label: 'Frequency',
      options: [
        { value: 'daily', label: 'Daily' },
        { value: 'monthly', label: 'Monthly' },
      ],
      default: 'daily',
    },
    {
      kind: 'days',
      id: 'days',
      label: 'Days',
      keptDays: 365,
      longest: 60,
      shownWhen: { field: 'frequency', is: ['daily'] },
    },
    {
      kind: 'months',
      id: 'months',
      label: 'Months',
      keptDays: 365,
      longest: 12,
      shownWhen: { field: 'frequency', is: ['monthly'] },
    },
  ],
};

export const siteFiles: ReportDeclaration = {
  id: 'site-files',
  label: 'Site files',
  description: 'Files of a site.',
  fields: [{ kind: 'lookup', id: 'site', label: 'Site', allLabel: 'All sites' }],
};

export const customerFiles: ReportDeclaration = {
  id: 'customer-files',
  label: 'Customer files',
  description: 'Files of one customer.',
  fields: [{ kind: 'lookup', id: 'customer', label: 'Customer' }],
};

export const siteList: ReportDeclaration = {
  id: 'site-list',
  label: 'Site list',
  description: 'One file.',
  fields: [],
  immediate: true,
};

export const extensions: ReportDeclaration = {
  id: 'extensions',
  label: 'Calls of extensions',
  description: 'Made when it is downloaded.',
  madeOnDemand: true,
  fields: [
    {
      kind: 'text',
      id: 'numbers',
      label: 'Extensions',
      optional: true,
      pattern: { is: '\\d+(\\s*,\\s*\\d+)*', otherwise: 'Type numbers with commas between them.' },
    },
  ],
};

export const notOffered: ReportDeclaration = {
  id: 'not-offered',
  label: 'Not offered',
  description: 'Nothing.',
  fields: [],
  unavailable: 'The service offers no way to get it.',
};
