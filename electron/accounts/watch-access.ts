import type { Failure, FailureCode } from '../contract/failure.ts';
import type { Result } from '../contract/result.ts';
import type { Session } from '../providers/provider.ts';

/** Only a person can say whether the account, or the server, is still the right one. */
const ending: readonly FailureCode[] = ['sign-in-refused', 'certificate-changed'];

/**
 * The same session, which also tells `onLost` when nothing more is to be asked with it. A single list that is refused
 * with a good token says only that the account may not have that list; a refused renewal says more.
 */
export function watchAccess(session: Session, onLost: (failure: Failure) => void): Session {
  const watch = async <T>(answer: Promise<Result<T>>, codes = ending) => {
    const result = await answer;
    if (!result.ok && codes.includes(result.failure.code)) onLost(result.failure);
    return result;
  };
  const prepareFile = session.prepareFile?.bind(session);
  return {
    ...session,
    signIn: (...input) => watch(session.signIn(...input)),
    lookup: (...input) => watch(session.lookup(...input)),
    listPage: (...input) => watch(session.listPage(...input)),
    ...(prepareFile && { prepareFile: (...input) => watch(prepareFile(...input)) }),
    fileRequest: (...input) => watch(session.fileRequest(...input)),
    renew: (...input) => watch(session.renew(...input), [...ending, 'access-lost']),
  };
}
