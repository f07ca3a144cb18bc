/** The CCA service as data: how to sign in, its reports with their criteria, its limits. */
import type { SignInDeclaration } from '../../contract/account.ts';
import type { PeriodField, ReportDeclaration } from '../../contract/report.ts';

export const signIn: SignInDeclaration = {
  provider: 'cisco-cca',
  label: 'Cisco CCA',
  fields: [
    {
      id: 'accountName',
      label: 'Account name',
      secret: false,
      help: 'The machine account that was made for you in the CCA Portal.',
    },
    { id: 'accountPassword', label: 'Password', secret: true },
  ],
  defaultServerAddress: 'https://pcsprod.webex.com/pcs/api',
};

/** Hosts that may have the token besides the server itself: links point to hosts that Cisco assigns as it likes. */
export const trustedSuffixes = ['.webex.com'];

/** The service refuses a file after this many download attempts. */
export const MOST_ATTEMPTS = 999;

/** Report ids. They are kept with downloads and in the history, so they never change. */
export const reportIds = {
  archives: 'daily-archives',
  siteFiles: 'site-files',
  peakPort: 'peak-port',
  siteList: 'site-list',
  pstn: 'pstn',
} as const;

const KEPT_DAYS = 365;
const keptNote = 'Cisco keeps these files for about a year. Older ones cannot be downloaded any more.';

const days: Omit<PeriodField, 'label'> = { kind: 'days', id: 'period', keptDays: KEPT_DAYS, longest: 366 };

export const reports: readonly ReportDeclaration[] = [
  {
    id: reportIds.archives,
    label: 'Daily CDR archives (ZIP)',
    description: 'One ZIP file a day with the call detail records of all your sites.',
    fields: [{ ...days, label: 'Period', everyOneHasAFile: true }],
    notes: [keptNote],
  },
  {
    id: reportIds.siteFiles,
    label: 'CDR files of a site',
    description: 'The call detail records of one site or of every site, one CSV file a day.',
    fields: [
      { kind: 'lookup', id: 'site', label: 'Site', allLabel: 'All sites' },
      {
        kind: 'choice',
        id: 'which',
        label: 'Which files',
        options: [
          {
            value: 'new',
            label: 'New files',
            help: 'Only files that nobody has downloaded yet. A downloaded file leaves this list.',
          },
          {
            value: 'meeting-date',
            label: 'By meeting date',
            help: 'By the day when the last meeting ended.',
          },
          { value: 'creation-date', label: 'By creation date', help: 'By the day when Cisco made the file.' },
        ],
        default: 'creation-date',
      },
      {
        ...days,
        label: 'Period',
        shownWhen: { field: 'which', is: ['meeting-date', 'creation-date'] },
      },
    ],
    notes: [keptNote],
  },
  {
    id: reportIds.peakPort,
    label: 'Peak Port files',
    description: 'The most ports in use at the same time, one CSV file a day or a calendar month.',
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
        kind: 'choice',
        id: 'level',
        label: 'Level',
        options: [
          { value: 'site', label: 'Site' },
          { value: 'customer', label: 'Customer' },
          { value: 'partner', label: 'Partner' },
        ],
        default: 'customer',
      },
      {
        ...days,
        label: 'Period',
        everyOneHasAFile: true,
        shownWhen: { field: 'frequency', is: ['daily'] },
      },
      {
        kind: 'months',
        id: 'months',
        label: 'Period',
        keptDays: KEPT_DAYS,
        longest: 24,
        everyOneHasAFile: true,
        shownWhen: { field: 'frequency', is: ['monthly'] },
      },
    ],
    notes: [keptNote],
  },
  {
    id: reportIds.siteList,
    label: 'Active site list',
    description: 'All your active sites with their subscriptions, as of now.',
    fields: [],
    immediate: true,
    notes: ['FedRAMP sites are not part of this list.'],
  },
  {
    id: reportIds.pstn,
    label: 'PSTN CDR files',
    description: 'Call detail records of telephone calls.',
    fields: [],
    unavailable:
      'Cisco names PSTN CDR files in its documentation but offers no way to fetch them, so they cannot be downloaded here.',
  },
];
