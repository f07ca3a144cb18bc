/** Webex Calling as data: how to sign in, and its report. */

import type { SignInDeclaration } from '../../contract/account.ts';
import type { ReportDeclaration } from '../../contract/report.ts';
import { csvChoices } from '../csv-choices.ts';
import { CONSENT_REDIRECT } from '../provider.ts';
import { timeZoneOptions } from '../time-zone-list.ts';
import { DEFAULT_ADDRESS, regions } from './regions.ts';

export const SCOPE = 'spark-admin:calling_cdr_read';
export const ADMIN_ROLE = 'Webex Calling Detailed Call History API access';

/** Of signing in and of renewing tokens; the paths `authorize` and `access_token` are below it. */
export const SIGN_IN_ADDRESS = 'https://webexapis.com/v1';

/** Ways to sign in, as the field `way` has them. */
export const ways = { browser: 'browser', serviceApp: 'service-app', token: 'token' } as const;

export const signIn: SignInDeclaration = {
  provider: 'webex-calling',
  label: 'Webex Calling',
  fields: [
    {
      id: 'accountName',
      label: 'Name for this account',
      secret: false,
      help: 'Your own choice, for example the name of the organization. It is shown here and becomes part of the file names.',
    },
    {
      id: 'way',
      label: 'Sign in with',
      secret: false,
      options: [
        { value: ways.browser, label: 'An integration, in the browser' },
        { value: ways.serviceApp, label: 'A service app' },
        { value: ways.token, label: 'A personal access token, for a quick test' },
      ],
    },
    {
      id: 'clientId',
      label: 'Client ID',
      secret: false,
      help: `On developer.webex.com, "My Webex Apps": the page of the integration or service app shows it. The app needs the scope ${SCOPE}; an integration also needs the redirect address ${CONSENT_REDIRECT}.`,
      shownWhen: { field: 'way', is: [ways.browser, ways.serviceApp] },
    },
    {
      id: 'clientSecret',
      label: 'Client secret',
      secret: true,
      help: 'On the same page. It is shown only once there; "Regenerate the client secret" makes another one.',
      shownWhen: { field: 'way', is: [ways.browser, ways.serviceApp] },
    },
    {
      id: 'refreshToken',
      label: 'Refresh token',
      secret: true,
      help: 'After a full administrator has authorized the service app in Control Hub (Management, Apps, Service Apps), its page on developer.webex.com shows the tokens of your organization.',
      shownWhen: { field: 'way', is: [ways.serviceApp] },
    },
    {
      id: 'accessToken',
      label: 'Personal access token',
      secret: true,
      help: 'On developer.webex.com, signed in as an administrator: the menu behind your picture has it. It works for 12 hours.',
      shownWhen: { field: 'way', is: [ways.token] },
    },
    {
      id: 'region',
      label: 'Region of the organization',
      secret: false,
      options: regions.map(({ value, label }) => ({ value, label })),
      help: 'Automatic is right for nearly everybody: the service says where else the records lie.',
      advanced: true,
    },
    {
      id: 'timeZone',
      label: 'Time zone of the days',
      secret: false,
      options: timeZoneOptions(),
      help: 'Days and months begin and end at midnight there. The times in the files stay as the service writes them, in UTC.',
      advanced: true,
    },
    {
      id: 'signInAddress',
      label: 'Address for signing in',
      secret: false,
      help: `Leave it empty for ${SIGN_IN_ADDRESS}. Webex for Government may have another one.`,
      optional: true,
      advanced: true,
    },
  ],
  defaultServerAddress: DEFAULT_ADDRESS,
  notes: [
    `Whoever signs in must be a full or read-only administrator and have the role "${ADMIN_ROLE}", which a full administrator gives in Control Hub under Users, Administrator Roles.`,
  ],
};

/** Kept with downloads and in the history, so it never changes. */
export const CALLS_REPORT = 'calls';

/** The service keeps the records of this many days. */
export const KEPT_DAYS = 30;

export const reports: readonly ReportDeclaration[] = [
  {
    id: CALLS_REPORT,
    label: 'Calls (CDR)',
    description: 'The detailed call history: one row for every leg of every finished call.',
    madeOnDemand: true,
    fields: [
      { kind: 'days', id: 'period', label: 'Period', keptDays: KEPT_DAYS, longest: 31 },
      {
        kind: 'choice',
        id: 'per',
        label: 'Files',
        options: [
          { value: 'month', label: 'A file a month' },
          { value: 'day', label: 'A file a day', help: 'Takes about half as long again.' },
        ],
        default: 'month',
      },
      {
        kind: 'choice',
        id: 'format',
        label: 'Format',
        options: [
          { value: 'csv', label: 'CSV' },
          { value: 'jsonl', label: 'JSON lines', help: 'The records as the service gives them, one a line.' },
        ],
        default: 'csv',
      },
      {
        kind: 'text',
        id: 'locations',
        label: 'Locations',
        help: 'Names as in Control Hub, separated by semicolons. Empty for all.',
        placeholder: 'Depot North; Head office',
        optional: true,
      },
      ...csvChoices({ field: 'format', is: ['csv'] }),
    ],
    notes: [
      'Rows are call legs, not calls: a call inside the organization has two. Count calls by the column "Correlation ID".',
      'Days are those of the account’s time zone, while the times in the file are in UTC. A call belongs to the day on which it started; one of more than 12 hours may stand on the day on which it ended.',
      'The service keeps 30 days and allows about one request a minute for half a day each: a month takes about 70 minutes.',
      'Records can come late: a file whose period ended less than 24 hours before is marked as provisional.',
      'A spreadsheet that opens a CSV file directly drops digits of long numbers. Import it with those columns as text.',
    ],
  },
];
