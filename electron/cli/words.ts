/** What the command line says about failures. A code without words does not compile. */
import type { Failure, FailureCode } from '../contract/failure.ts';
import { formatDuration } from './format.ts';

interface FailureWords {
  /** A few words to stand beside a file's name. */
  readonly short: string;
  /** What happened, and what to do next. `{...}` stands for the failure's subject; the words inside where there is none. */
  readonly sentence: string;
}

const words: Record<FailureCode, FailureWords> = {
  'sign-in-refused': {
    short: 'sign-in was refused',
    sentence: 'The service did not accept this sign-in. Check --account, --field, --server and the password.',
  },
  'signed-out': {
    short: 'nobody is signed in',
    sentence:
      'No sign-in is kept for this account. Sign in with "Keep me signed in" in the window of CDR Desk, or give --account with --password-stdin or --secrets-stdin.',
  },
  'access-lost': {
    short: 'the sign-in is no longer accepted',
    sentence:
      'The service no longer accepts this sign-in. Check this computer’s clock and --server, then ask whether the account or its keys are still active.',
  },
  'no-secure-storage': {
    short: 'no kept password can be read',
    sentence:
      'Kept passwords can be read by the installed application only. Give --account and --password-stdin, or use the application with --cli.',
  },
  'bad-address': {
    short: 'the server address can’t be used',
    sentence: '--server can’t be used. It begins with https:// and has no question mark in it.',
  },
  'nothing-kept': {
    short: 'the kept password can’t be read',
    sentence: 'The password that is kept on this computer can’t be read. Give it again.',
  },
  'sign-in-locked': {
    short: 'the service is locked after too many sign-ins',
    sentence:
      'The service refuses every sign-in for a while, because too many were wrong. Wait ten minutes, and check the password before the next try.',
  },
  'consent-refused': {
    short: 'nobody agreed in the browser',
    sentence:
      'There is no sign-in in the browser on the command line. Choose another way to sign in with --field.',
  },
  'service-refused': {
    short: 'the service said no',
    sentence: 'The service refused this. Its own words are in the detail.',
  },
  'not-allowed': {
    short: 'the account has no right to these records',
    sentence:
      'The account has no right to these call records. An administrator of the system has to give it.',
  },
  'no-such-extension': {
    short: 'an extension does not exist',
    sentence: 'The system does not know one of the extensions that were asked for. Check them.',
  },
  'not-supported': {
    short: 'this system has no such interface',
    sentence:
      'This system has no interface that CDR Desk knows. Check the model, its version and that the interface is switched on.',
  },
  'no-data': {
    short: 'no records in this period',
    sentence: 'The service has no records in this period, so there is no file.',
  },
  'certificate-unknown': {
    short: 'the server’s certificate is not known',
    sentence:
      'Nobody vouches for the server’s certificate. Compare its fingerprint with the server’s, then give it with --certificate.',
  },
  'certificate-changed': {
    short: 'the server’s certificate has changed',
    sentence:
      'The server’s certificate is another one than the one you trusted. Find out why before you trust the new one.',
  },
  'unknown-time-zone': {
    short: 'the time zone is not known',
    sentence:
      '{The time zone of the account} is no known time zone. Give one such as Europe/Berlin with --field timeZone=ZONE. Where the account is kept, sign in again in the window.',
  },
  'not-a-certificate': {
    short: 'the file holds no certificate',
    sentence: '{The file} holds no certificate that can be read. It takes PEM or DER, without a key.',
  },
  'being-made': {
    short: 'the file is being made',
    sentence:
      'The file is still being made. Leave the program running, or run the same command again: it goes on.',
  },
  'being-prepared': {
    short: 'the service is still preparing the file',
    sentence: 'The service is still preparing {the file}. Try again in an hour or so.',
  },
  expired: {
    short: 'the file has expired',
    sentence: '{The file} is past its expiry date and can no longer be downloaded.',
  },
  'attempts-used-up': {
    short: 'it was downloaded too often',
    sentence: '{The file} was downloaded as often as the service allows.',
  },
  'not-available': {
    short: 'the service does not give it out',
    sentence:
      'The service does not give out {the file} now. It may have expired, be still in the making, or have been downloaded too often.',
  },
  'bad-request': {
    short: 'the service did not accept the question',
    sentence:
      'The service did not accept the question for {this report}. Check the site, the dates and the level.',
  },
  'not-ready': {
    short: 'the service is still preparing the report',
    sentence: 'The service is still preparing {the report}. Try again in a few minutes.',
  },
  'too-many-connections': {
    short: 'too many connections at once',
    sentence:
      'The service says that there are too many connections at once. Wait a minute, or give a smaller --at-once if others use the same account.',
  },
  'not-found': {
    short: 'the service does not have it',
    sentence: 'The service does not have {what was asked for}. Check --server if nothing works at all.',
  },
  'service-down': {
    short: 'the service has a problem',
    sentence: 'The service has a problem of its own right now. Try again in a few minutes.',
  },
  'unexpected-status': {
    short: 'the service gave an unexpected answer',
    sentence: 'The service gave an unexpected answer.',
  },
  'html-answer': {
    short: 'a web page came instead of data',
    sentence:
      'A web page came back where data was expected. A network sign-in page or a proxy may be in between.',
  },
  'empty-answer': {
    short: 'the answer was empty',
    sentence: 'The service answered with nothing at all for {the question}. Try again in a few minutes.',
  },
  'broken-json': {
    short: 'the answer could not be read',
    sentence: 'The answer for {the question} arrived garbled. Try again.',
  },
  'unusable-answer': {
    short: 'the answer lacked what is needed',
    sentence: 'The answer for {the question} lacks what is needed. The service may have changed.',
  },
  'connection-refused': {
    short: 'the service can’t be reached',
    sentence: 'The service does not take connections. Check --server, and that the network or VPN is on.',
  },
  'host-not-found': {
    short: 'the service can’t be found',
    sentence: 'The service’s address can’t be found on the network. Check --server and the connection.',
  },
  'tls-failed': {
    short: 'the secure connection failed',
    sentence:
      'A secure connection could not be made. Check this computer’s date and time; otherwise a certificate may be missing.',
  },
  'timed-out': {
    short: 'the service took too long',
    sentence: 'The service took too long to answer. Check the connection, then try again.',
  },
  'connection-lost': {
    short: 'the connection was lost',
    sentence: 'The connection was lost on the way. What has already arrived is kept.',
  },
  'keeps-breaking': {
    short: 'the connection broke each time',
    sentence:
      'The connection broke each time while a part of {the file} was fetched. What has already arrived is kept: check the network, then run the same command again.',
  },
  'order-lost': {
    short: 'the service did not answer the order',
    sentence:
      'The service was asked several times to make {the file}, and no answer came. It may be making it all the same: wait a while, then run the same command again, which orders another one.',
  },
  'not-made-yet': {
    short: 'the service does not have the file yet',
    sentence:
      'The service was asked to make {the file}, and still does not have it. It may need longer, or may have deleted it already. Run the same command again later: that looks for it once more, and orders nothing twice.',
  },
  'made-file-gone': {
    short: 'the service no longer has it, trying again orders it anew',
    sentence:
      'The service was asked to make {the file} more than a day ago, and does not have it. It has probably deleted it. Nothing was ordered twice: run the same command again to order it anew.',
  },
  'untrusted-host': {
    short: 'the link leads to an unknown place',
    sentence: '{The file} is offered from a place that is not part of the service. It was not downloaded.',
  },
  'too-many-redirects': {
    short: 'the service sent it round in circles',
    sentence: 'The service passed the question on too many times. Check --server.',
  },
  'no-link': {
    short: 'the service gave no link',
    sentence: 'The service lists {the file} but gives no link to download it.',
  },
  'wrong-size': {
    short: 'the size does not match',
    sentence: '{The file} did not arrive whole: its size is not the one announced. It was not saved.',
  },
  'wrong-checksum': {
    short: 'the checksum does not match',
    sentence: '{The file} arrived damaged: its checksum is not the one that was listed. It was not saved.',
  },
  'checksum-disagrees': {
    short: 'the service’s file and its checksum disagree',
    sentence:
      '{The file} arrived whole twice with the same wrong checksum, so the mistake is the service’s. It was not saved.',
  },
  'not-a-file': {
    short: 'a message came instead of the file',
    sentence: 'The service sent a message instead of {the file}. It was not saved.',
  },
  'no-room': {
    short: 'there is not enough room on the disk',
    sentence: 'The disk has not enough room for {these files}. Nothing was downloaded.',
  },
  'disk-full': { short: 'the disk is full', sentence: 'There is not enough room on the disk.' },
  'no-permission': {
    short: 'no permission to write there',
    sentence: 'There is no permission to write to {the folder}.',
  },
  'folder-missing': {
    short: 'the folder is missing',
    sentence: '{The folder} is not there. Connect the drive that it is on, or make the folder first.',
  },
  'file-missing': {
    short: 'the file is no longer there',
    sentence: '{The file} is not there.',
  },
  'file-busy': {
    short: 'another program holds the file',
    sentence: 'Another program is using {the file}. Close it there, then try again.',
  },
  'not-a-manifest': {
    short: 'the folder has no manifest',
    sentence:
      '{The folder} has no manifest, so there is nothing to compare its files with. --manifest leaves one beside what is fetched.',
  },
  'disk-error': { short: 'the disk reported an error', sentence: 'The disk reported an error.' },
  'bad-criteria': {
    short: 'the choices do not fit together',
    sentence: 'The choices for {this report} do not fit together.',
  },
  'listing-gone': {
    short: 'the list is out of date',
    sentence: 'The list of files is out of date. Try again.',
  },
  'bad-input': { short: 'something was asked wrongly', sentence: '{This} can’t be understood.' },
  'untrusted-sender': {
    short: 'the request was not trusted',
    sentence: 'A request came from where none is expected. This is a fault of the program.',
  },
  'in-use': {
    short: 'another CDR Desk is at work',
    sentence:
      'Another CDR Desk is working with the same downloads and history. Wait until it is done, close its window, or give another --data-dir.',
  },
  cancelled: { short: 'it was stopped', sentence: 'Stopped. The same command goes on from here.' },
  unexpected: {
    short: 'something unexpected happened',
    sentence: 'Something unexpected happened. This is a fault of the program.',
  },
};

/** A sentence on a failure, its technical line in brackets behind it. What was typed wrongly says so itself. */
export function failureText(failure: Failure): string {
  if (failure.code === 'bad-input') return failure.detail;
  if (failure.code === 'cancelled') return words.cancelled.sentence;
  const sentence = words[failure.code].sentence.replace(
    /\{([^}]*)\}/g,
    (_match, otherwise: string) => failure.subject ?? otherwise,
  );
  const wait = failure.retryAfterMs;
  const asked = wait === undefined ? '' : ` The service asks to wait ${formatDuration(wait)}.`;
  const which = failure.fingerprint === undefined ? '' : ` SHA-256 fingerprint: ${failure.fingerprint}.`;
  return `${sentence}${which}${asked} (${failure.code}: ${failure.detail})`;
}

/** On a newer secret that a service gave in place of one from standard input. */
export const notKeptText = (label: string, { code, detail }: Failure): string =>
  `The service gave a newer "${label}" in place of the one from standard input. There is no safe place for it here, so it was not kept, and the one from standard input may be refused from now on. The installed application keeps the newest one where the computer can encrypt it: run it with --cli. (${code}: ${detail})`;

/** The few words to stand beside a file's name. */
export const shortFailure = (code: FailureCode): string => words[code].short;
