import type { KnownAccount } from '../../electron/contract/account.ts';
import { hostOf } from './server-address.ts';

type Place = Pick<KnownAccount, 'providerLabel' | 'serverAddress' | 'demo'>;

/** Which system an account is of, and where: `Cisco CCA, pcsprod.webex.com`. */
export const placeText = ({ providerLabel, serverAddress, demo }: Place): string =>
  demo ? `${providerLabel}, sample data` : `${providerLabel}, ${hostOf(serverAddress)}`;

/** An account in one line, as in a list to choose from: `acme-machine (Cisco CCA, pcsprod.webex.com)`. */
export const accountText = (account: Place & Pick<KnownAccount, 'accountName'>): string =>
  `${account.accountName} (${placeText(account)})`;
