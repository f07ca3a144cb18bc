import type { Failure, FailureCode } from '../../electron/contract/failure.ts';
import { formatDuration } from './format-duration.ts';

/** What a person reads about a failure. */
export interface FailureWords {
  /** A few words to follow "Failed: ". */
  readonly short: string;
  /** One sentence: what happened. */
  readonly headline: string;
  /** What to do next. */
  readonly next: string;
}

/** `{...}` stands for the failure's subject; the words inside are used where there is none. */
const words: Record<FailureCode, FailureWords> = {
  'sign-in-refused': {
    short: 'sign-in was refused',
    headline: 'The service did not accept this sign-in.',
    next: 'Check what you typed for errors, then sign in again. If the password, key or secret was changed at the service, use the new one.',
  },
  'signed-out': {
    short: 'nobody is signed in',
    headline: 'Nobody is signed in.',
    next: 'Sign in, then try again. Downloads that were running wait until then.',
  },
  'access-lost': {
    short: 'the sign-in is no longer accepted',
    headline: 'The service no longer accepts this sign-in.',
    next: 'Check this computer’s clock and the server address, then sign in again. If it keeps happening, ask whoever manages the account or its keys whether they are still active.',
  },
  'no-secure-storage': {
    short: 'the password can’t be kept safely',
    headline: 'This computer offers no safe place to keep a password.',
    next: 'You are signed in, and will be asked for the password again after the next start.',
  },
  'nothing-kept': {
    short: 'the kept password can’t be read',
    headline: 'The password that is kept on this computer can’t be read.',
    next: 'Type it again, and sign in.',
  },
  'bad-address': {
    short: 'the server address can’t be used',
    headline: 'This server address can’t be used.',
    next: 'Use an address that begins with https:// and has no question mark in it, or leave the field as it was.',
  },
  'being-prepared': {
    short: 'the service is still preparing the file',
    headline: 'The service is still preparing {the file}.',
    next: 'It makes its files once a day. Try again in an hour or so.',
  },
  expired: {
    short: 'the file has expired',
    headline: '{The file} is past its expiry date and can no longer be downloaded.',
    next: 'Ask the service’s support whether the file can be made again.',
  },
  'attempts-used-up': {
    short: 'it was downloaded too often',
    headline: '{The file} was downloaded as often as the service allows.',
    next: 'Look in History for the copy that you have. Otherwise ask the service’s support to reset the file.',
  },
  'not-available': {
    short: 'the service does not give it out',
    headline: 'The service does not give out {the file} now.',
    next: 'It may have expired, be still in the making, or have been downloaded too often. Try again tomorrow, then ask the service’s support.',
  },
  'bad-request': {
    short: 'the service did not accept the question',
    headline: 'The service did not accept the question for {this report}.',
    next: 'Check the site, the dates and the level. If they are right, try a shorter period, then copy the details for support.',
  },
  'not-ready': {
    short: 'the service is still preparing the report',
    headline: 'The service is still preparing {the report}.',
    next: 'This can take a while. Try again in a few minutes.',
  },
  'sign-in-locked': {
    short: 'the service is locked after too many sign-ins',
    headline: 'The service refuses every sign-in for a while, because too many were wrong.',
    next: 'Check the password with whoever manages the system, wait ten minutes, then sign in again.',
  },
  'consent-refused': {
    short: 'the sign-in in the browser was not completed',
    headline: 'The sign-in in the browser did not come to its end.',
    next: 'Try again, sign in on the page that opens in your browser, and agree there.',
  },
  'service-refused': {
    short: 'the service said no',
    headline: 'The service did not accept this request.',
    next: 'Its own words are under Technical details. Copy them for whoever manages the system.',
  },
  'not-allowed': {
    short: 'the account has no right to these records',
    headline: 'The account has no right to these call records.',
    next: 'An administrator of the system has to give it. Which right is missing is under Technical details: copy them. Then try again.',
  },
  'no-such-extension': {
    short: 'an extension does not exist',
    headline: 'The system does not know one of the extensions that were asked for.',
    next: 'Check the extensions in the form and find the file again. Those that were sent are under Technical details.',
  },
  'not-supported': {
    short: 'this system has no such interface',
    headline: 'This system has no interface that CDR Desk knows.',
    next: 'Ask whoever manages it for the model and version, and whether its interface (API) is switched on.',
  },
  'no-data': {
    short: 'no records in this period',
    headline: 'The service has no records in this period, so there is no file.',
    next: 'Nothing has to be done. If there should be records, check the period and the other choices.',
  },
  'certificate-unknown': {
    short: 'the server’s certificate is not known',
    headline: 'Nobody vouches for the certificate of this server.',
    next: 'Compare the fingerprint with the one that your administrator gives you. Only if they are the same, trust it.',
  },
  'certificate-changed': {
    short: 'the server’s certificate has changed',
    headline: 'The certificate of this server is another one than the one you trusted.',
    next: 'Somebody may be listening in. Ask your administrator before you trust the new one.',
  },
  'unknown-time-zone': {
    short: 'the time zone of the account is not known',
    headline: '{The time zone of the account} is no known time zone.',
    next: 'Sign in again, and choose the time zone from the list under “Advanced”.',
  },
  'not-a-certificate': {
    short: 'the file holds no certificate',
    headline: '{This file} holds no certificate that can be read.',
    next: 'Choose one with a certificate alone (.pem, .crt, .cer or .der), not with a key or a whole store. Your administrator can export it.',
  },
  'being-made': {
    short: 'the file is being made',
    headline: '{The file} is still being made.',
    next: 'Nothing has to be done. It goes on by itself, also after a restart.',
  },
  'too-many-connections': {
    short: 'too many connections at once',
    headline: 'The service says that there are too many connections at once.',
    next: 'Wait a minute and try again. If others use the same account, set fewer files at once in Settings.',
  },
  'not-found': {
    short: 'the service does not have it',
    headline: 'The service does not have {what was asked for}.',
    next: 'Find the files again to get an up-to-date list. Check the server address in Settings if nothing works at all.',
  },
  'service-down': {
    short: 'the service has a problem',
    headline: 'The service has a problem of its own right now.',
    next: 'Nothing is wrong on your side. Try again in a few minutes.',
  },
  'unexpected-status': {
    short: 'the service gave an unexpected answer',
    headline: 'The service gave an unexpected answer.',
    next: 'Try again. If it happens again, copy the details for support.',
  },
  'html-answer': {
    short: 'a web page came instead of data',
    headline: 'A web page came back where data was expected.',
    next: 'A network sign-in page or a proxy may be in between. Open any web page in your browser, sign in to the network if asked, then try again.',
  },
  'empty-answer': {
    short: 'the answer was empty',
    headline: 'The service answered with nothing at all for {the question}.',
    next: 'Try again in a few minutes. If it happens again, copy the details for support.',
  },
  'broken-json': {
    short: 'the answer could not be read',
    headline: 'The answer for {the question} arrived garbled.',
    next: 'Try again. If it happens again, copy the details for support.',
  },
  'unusable-answer': {
    short: 'the answer lacked what is needed',
    headline: 'The answer for {the question} lacks what is needed.',
    next: 'The service may have changed. Copy the details for support.',
  },
  'connection-refused': {
    short: 'the service can’t be reached',
    headline: 'The service does not take connections.',
    next: 'Check the server address, and that you are on the company network or VPN. Then try again.',
  },
  'host-not-found': {
    short: 'the service can’t be found',
    headline: 'The service’s address can’t be found on the network.',
    next: 'Check that this computer is online, and the server address for typing errors. Then try again.',
  },
  'tls-failed': {
    short: 'the secure connection failed',
    headline: 'A secure connection could not be made.',
    next: 'Check the date and time of this computer. Otherwise send the details to your IT department: a certificate may be missing.',
  },
  'timed-out': {
    short: 'the service took too long',
    headline: 'The service took too long to answer.',
    next: 'Check that this computer is online, then try again.',
  },
  'connection-lost': {
    short: 'the connection was lost',
    headline: 'The connection was lost on the way.',
    next: 'Check that this computer is online, then try again. What has already arrived is kept.',
  },
  'keeps-breaking': {
    short: 'the connection broke each time',
    headline: 'The connection broke each time while a part of {the file} was fetched.',
    next: 'Check the network to the service, such as a VPN or a proxy, then try again. What has already arrived is kept.',
  },
  'order-lost': {
    short: 'the service did not answer the order',
    headline: 'The service was asked several times to make {the file}, and no answer came.',
    next: 'It may be making it all the same. Check the network to the service, wait a while, then try again: that orders another one.',
  },
  'not-made-yet': {
    short: 'the service does not have the file yet',
    headline: 'The service was asked to make {the file}, and still does not have it.',
    next: 'It may need longer, or may have deleted it already. Try again later: that looks for the same file once more. Nothing is ordered twice.',
  },
  'made-file-gone': {
    short: 'the service no longer has it, trying again orders it anew',
    headline: 'The service was asked to make {the file} more than a day ago, and does not have it.',
    next: 'It has probably deleted it. Nothing was ordered twice. If you try again, it is ordered anew.',
  },
  'untrusted-host': {
    short: 'the link leads to an unknown place',
    headline: '{The file} is offered from a place that is not part of the service.',
    next: 'It was not downloaded, to keep your sign-in safe. Copy the details for support.',
  },
  'too-many-redirects': {
    short: 'the service sent it round in circles',
    headline: 'The service passed the question on too many times.',
    next: 'Check the server address. If it is right, copy the details for support.',
  },
  'no-link': {
    short: 'the service gave no link',
    headline: 'The service lists {the file} but gives no link to download it.',
    next: 'Find the files again later. If it stays so, ask the service’s support about this file.',
  },
  'wrong-size': {
    short: 'the size does not match',
    headline: '{The file} did not arrive whole: its size is not the one announced.',
    next: 'It was not saved. Retry to download it again.',
  },
  'wrong-checksum': {
    short: 'the checksum does not match',
    headline: '{The file} arrived damaged: its checksum is not the one that the service lists.',
    next: 'It was not saved. Retry to download it again. If it happens again, copy the details for support.',
  },
  'checksum-disagrees': {
    short: 'file and checksum disagree',
    headline: '{The file} and the checksum that the service lists for it do not fit together.',
    next: 'It arrived whole twice with the same result, so the mistake is the service’s. Copy the details, which hold both checksums, and ask the service’s support. Nothing of it was put in the folder.',
  },
  'not-a-file': {
    short: 'a message came instead of the file',
    headline: 'The service sent a message instead of {the file}.',
    next: 'It was not saved. Try again in a few minutes.',
  },
  'no-room': {
    short: 'no room on the disk',
    headline: 'The disk has not enough room for {these files}.',
    next: 'Free some space on it, then try again. Or choose another folder and download there.',
  },
  'disk-full': {
    short: 'the disk is full',
    headline: 'There is not enough room on the disk.',
    next: 'Free some space or choose another folder in Settings, then retry.',
  },
  'no-permission': {
    short: 'no permission to write there',
    headline: 'You have no permission to write to the folder.',
    next: 'Choose another folder in Settings, or ask your IT department for access.',
  },
  'folder-missing': {
    short: 'the folder is missing',
    headline: 'The folder is not there.',
    next: 'Connect the drive that it is on, or choose another folder in Settings, then retry.',
  },
  'file-missing': {
    short: 'the file is no longer there',
    headline: '{The file} is no longer where it was saved.',
    next: 'It was moved, renamed or deleted. Download it again if you need it.',
  },
  'file-busy': {
    short: 'another program holds the file',
    headline: 'Another program is using {the file}.',
    next: 'Close it there (Excel, a virus scan, a sync program), then retry.',
  },
  'not-a-manifest': {
    short: 'the folder has no manifest',
    headline: 'There is no manifest in this folder that can be read.',
    next: 'A manifest is a file named manifest.csv: the list of what was downloaded, with sizes and checksums. Choose the folder that it lies in. If it is there, another program may have changed it. If it never was, switch on “Leave a manifest” in Settings: the next download puts one beside its files.',
  },
  'disk-error': {
    short: 'the disk reported an error',
    headline: 'The disk reported an error.',
    next: 'Try again, or choose another folder in Settings. If it happens again, copy the details for support.',
  },
  'bad-criteria': {
    short: 'the choices do not fit together',
    headline: 'The choices for {this report} do not fit together.',
    next: 'Check the report, the site and the period, then find again.',
  },
  'listing-gone': {
    short: 'the list is out of date',
    headline: 'This list of files is out of date.',
    next: 'Find the files again, then download them.',
  },
  'bad-input': {
    short: 'something was asked wrongly',
    headline: 'CDR Desk asked itself for something it does not understand.',
    next: 'This is a fault of the program. Copy the details for support.',
  },
  'untrusted-sender': {
    short: 'the request was not trusted',
    headline: 'A request came from a page that is not part of CDR Desk.',
    next: 'Close CDR Desk and start it again. If it happens again, copy the details for support.',
  },
  'in-use': {
    short: 'another CDR Desk is at work',
    headline: 'Another CDR Desk is working with the same downloads and history.',
    next: 'Wait until it is done, or close it, then try again.',
  },
  cancelled: {
    short: 'it was cancelled',
    headline: 'This was cancelled.',
    next: 'Start it again whenever you like.',
  },
  unexpected: {
    short: 'something unexpected happened',
    headline: 'Something unexpected happened.',
    next: 'This is a fault of the program. Try again; if it stays, copy the details for support.',
  },
};

const withSubject = (template: string, subject: string | undefined): string =>
  template.replace(/\{([^}]*)\}/g, (_match, otherwise: string) => subject ?? otherwise);

/** The words for a failure, with its subject in them. */
export function failureText(failure: Failure): FailureWords {
  const { short, headline, next } = words[failure.code];
  const wait = failure.retryAfterMs;
  return {
    short,
    headline: withSubject(headline, failure.subject),
    next: wait === undefined ? next : `${next} The service asks to wait ${formatDuration(wait)}.`,
  };
}

/** The few words after "Failed: ", for a code alone. */
export const shortFailure = (code: FailureCode): string => words[code].short;

/** What a person can copy for support. Holds what the failure holds, so never a secret. */
export function supportText(
  failure: Failure,
  about: { readonly version: string; readonly platform: string } | null,
): string {
  return [
    failureText(failure).headline,
    `Code: ${failure.code}`,
    ...(failure.status === undefined ? [] : [`HTTP status: ${failure.status}`]),
    ...(failure.subject === undefined ? [] : [`About: ${failure.subject}`]),
    `Detail: ${failure.detail}`,
    ...(failure.fingerprint === undefined ? [] : [`Fingerprint (SHA-256): ${failure.fingerprint}`]),
    ...(about === null ? [] : [`CDR Desk ${about.version}, ${about.platform}`]),
  ].join('\n');
}
