import type { Failure, FailureCode } from '../contract/failure.ts';
import type { Result } from '../contract/result.ts';
import type { Session } from '../providers/provider.ts';

/**
 * The same session, which also tells `onLost` when a renewal says that the account has no access any more. A single
 * list that is refused with a good token says only that the account may not have that list.
 */
export function watchAccess(session: Session, onLost: (failure: Failure) => void): Session {
  const watch = async <T>(answer: Promise<Result<T>>, codes: FailureCode[] = ['sign-in-refused']) => {
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
    renew: (...input) => watch(session.renew(...input), ['sign-in-refused', 'access-lost']),
  };
}
