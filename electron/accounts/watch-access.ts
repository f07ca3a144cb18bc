import type { Failure } from '../contract/failure.ts';
import type { Result } from '../contract/result.ts';
import type { Session } from '../providers/provider.ts';

/** True for a failure after which nothing works until somebody signs in again. */
export const losesAccess = (failure: Failure): boolean =>
  failure.code === 'sign-in-refused' || failure.code === 'access-lost';

/** The same session, which also tells `onLost` when an answer says that the account has no access any more. */
export function watchAccess(session: Session, onLost: (failure: Failure) => void): Session {
  const watch = async <T>(answer: Promise<Result<T>>): Promise<Result<T>> => {
    const result = await answer;
    if (!result.ok && losesAccess(result.failure)) onLost(result.failure);
    return result;
  };
  return {
    ...session,
    signIn: (...input) => watch(session.signIn(...input)),
    lookup: (...input) => watch(session.lookup(...input)),
    listPage: (...input) => watch(session.listPage(...input)),
    fileRequest: (...input) => watch(session.fileRequest(...input)),
    renew: (...input) => watch(session.renew(...input)),
  };
}
