/** How one signs in, as data: every customer has a server, a key and a time zone of their own. */
import type { SignInDeclaration } from '../../contract/account.ts';
import { timeZoneOptions } from '../time-zone-list.ts';
import { DEFAULT_PATH_PREFIX } from './base-address.ts';

export const signIn: SignInDeclaration = {
  provider: 'huawei-cec',
  label: 'Huawei contact center',
  fields: [
    {
      id: 'accessKey',
      label: 'Access key (AK)',
      secret: false,
      help: 'Also called appId or developer account. The operations staff of your contact center hands it out together with the secret key.',
    },
    {
      id: 'secretKey',
      label: 'Secret key (SK)',
      secret: true,
      help: 'Handed out with the access key. It never leaves this computer: requests are only signed with it.',
    },
    {
      id: 'timeZone',
      label: 'Time zone of the tenant',
      secret: false,
      help: 'The time zone that your contact center is set to. An administrator finds it in the settings of the tenant. Days are counted in it.',
      options: timeZoneOptions(),
    },
    {
      id: 'timesIn',
      label: 'Times are understood as',
      secret: false,
      advanced: true,
      help: 'If files hold calls of the hours before or after the days that you asked for, choose the other one.',
      options: [
        { value: 'tenant', label: 'Time of the tenant' },
        { value: 'utc', label: 'UTC' },
      ],
    },
    {
      id: 'pathPrefix',
      label: 'Path of the file server',
      secret: false,
      optional: true,
      advanced: true,
      help: `Left empty: ${DEFAULT_PATH_PREFIX}. Only where your administrator has put the file server (CC-FS) elsewhere.`,
    },
    {
      id: 'callbackUrl',
      label: 'Callback address',
      secret: false,
      optional: true,
      advanced: true,
      help: 'Only where your contact center insists on one: the address of your own company’s server that is told the names of finished files.',
    },
    {
      id: 'variant',
      label: 'Way of signing',
      secret: false,
      advanced: true,
      help: 'Found out by itself when you sign in. Support may ask you to choose one.',
      options: [
        { value: 'auto', label: 'Automatic' },
        { value: 'A', label: 'A: without a line for the query' },
        { value: 'B', label: 'B: with milliseconds' },
        { value: 'C', label: 'C: with an empty line for the query' },
        { value: 'three-headers', label: 'Three headers signed' },
      ],
    },
    {
      id: 'certificate',
      label: 'Fingerprint of the certificate',
      secret: false,
      optional: true,
      advanced: true,
      help: 'The SHA-256 fingerprint of the server’s own certificate, if no public authority vouches for it. Your administrator can read it on the server. Left empty: you are asked.',
    },
    {
      id: 'certificateFile',
      label: 'Certificate from a file',
      secret: false,
      optional: true,
      advanced: true,
      file: 'certificates',
      help: 'The certificate of your company’s own authority, or of the server itself, as your administrator exports it. It is trusted for this account alone.',
    },
  ],
  defaultServerAddress: '',
  addressHelp:
    'Host and port of the file server (CC-FS) or of the load balancer before it (NSLB), for example https://10.0.0.5:8443. Ask the operations staff of your contact center; there is no usual port.',
  notes: [
    'The contact center may only accept connections from addresses that it knows. Ask its operations staff to allow this computer.',
    'Call records can be fetched where the contact center runs its own file server. The public cloud may offer recordings only.',
  ],
};
