/** The Yeastar S-Series as data: how to sign in to a PBX, and what it gives. */
import type { SignInDeclaration } from '../../contract/account.ts';
import type { ReportDeclaration } from '../../contract/report.ts';
import { timeZoneOptions } from '../time-zone-list.ts';

/** The port of the PBX's web interface as it leaves the factory. */
export const DEFAULT_PORT = 8088;

/** For more extensions than these, all are asked for, and their rows are chosen here (spec 8.22). */
export const MOST_EXTENSIONS = 50;

export const signIn: SignInDeclaration = {
  provider: 'yeastar-s',
  label: 'Yeastar S-Series',
  fields: [
    {
      id: 'userName',
      label: 'API user name',
      secret: false,
      help: 'In the web interface of the PBX: Settings > PBX > General > API. It is not the name for the web interface.',
    },
    {
      id: 'password',
      label: 'API password',
      secret: true,
      help: 'Beside the API user name, in Settings > PBX > General > API.',
    },
    {
      id: 'pbxName',
      label: 'Name of the PBX',
      secret: false,
      optional: true,
      help: 'Any name that you like, for the names of the files. Left empty: the server’s name.',
    },
    {
      id: 'apiVersion',
      label: 'API version',
      secret: false,
      advanced: true,
      options: [
        { value: 'auto', label: 'Find out' },
        { value: 'v1.1.0', label: '1.1.0 (firmware 30.5.0.30 or newer)' },
        { value: 'v2.0.0', label: '2.0.0 (firmware 30.13.0.30 or newer)' },
      ],
      help: 'The firmware is shown in the web interface under PBX Monitor > Information.',
    },
    {
      id: 'timeZone',
      label: 'Time zone of the PBX',
      secret: false,
      advanced: true,
      options: timeZoneOptions(),
      help: 'As in Settings > System > Date & Time. It says when a day is over there.',
    },
    {
      id: 'ownAccount',
      label: 'The API account is used',
      secret: false,
      advanced: true,
      options: [
        { value: 'no', label: 'by others too, or nobody knows' },
        { value: 'yes', label: 'by CDR Desk alone' },
      ],
      help: 'Used alone, CDR Desk signs out of the PBX after each file.',
    },
    {
      id: 'pathPrefix',
      label: 'Path of the API',
      secret: false,
      optional: true,
      advanced: true,
      help: 'Only for a PBX of another maker, such as /api/v0.0.1. Left empty: /api and the version.',
    },
    {
      id: 'certificate',
      label: 'Fingerprint of the certificate',
      secret: false,
      optional: true,
      advanced: true,
      help: 'SHA-256 of the certificate in Settings > System > Security > Certificate. Left empty: you are asked when nobody vouches for it.',
    },
  ],
  defaultServerAddress: '',
  addressHelp:
    'The address of the PBX’s web interface, such as 192.168.5.150. Without a port, 8088 is taken. An administrator finds it in Settings > System > Security > Service.',
  notes: [
    'The API is switched off when the PBX is new: an administrator switches it on in Settings > PBX > General > API.',
    'Use an API account that no other software uses: signing in may change where the PBX reports its events to.',
    'The PBX demands an MD5 of the password, which is as good as the password itself. Use https; type http:// only if the PBX has nothing else, because then everything can be read on the way.',
    'P-Series, S20 and S412 have another API or none, and cannot be used here.',
  ],
};

/** Kept with downloads and in the history, so it never changes. */
export const CDR_REPORT = 'cdr';

export const reports: readonly ReportDeclaration[] = [
  {
    id: CDR_REPORT,
    label: 'Call records (CDR)',
    description:
      'The calls of all extensions or of some in one CSV file; of more than 31 days in one for each month.',
    fields: [
      { kind: 'days', id: 'period', label: 'Period', keptDays: 3650, longest: 366 },
      {
        kind: 'text',
        id: 'extensions',
        label: 'Extensions',
        optional: true,
        placeholder: 'All',
        help: 'One, or several with commas between them, such as 1000, 1001. Left empty: all of them.',
        pattern: { is: 'all|\\d+(\\s*,\\s*\\d+)*', otherwise: 'Digits, with commas between the extensions.' },
      },
    ],
    madeOnDemand: true,
    notes: [
      'The PBX makes a file anew each time, so a download that is interrupted begins again.',
      'How long the PBX keeps its records depends on its storage settings.',
      'Days and times are those of the PBX. One call may have several rows.',
      'Where the columns change within the days of a file, it is a ZIP of several CSV files.',
      `For more than ${MOST_EXTENSIONS} extensions, the records of all are fetched, and those of others left out.`,
    ],
  },
];
