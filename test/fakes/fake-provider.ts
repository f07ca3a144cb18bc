import { type Failure, failure } from '../../electron/contract/failure.ts';
import { failed, ok, type Result } from '../../electron/contract/result.ts';
import type { Page, Provider, Session, SessionOptions } from '../../electron/providers/provider.ts';

/** A system without a network: the test says how signing in and listing answer, and sees what was opened. */
export function createFakeProvider(id = 'fake') {
  const opened: SessionOptions[] = [];
  let signInAnswer: () => Promise<Result<null>> = async () => ok(null);
  let listAnswer: () => Promise<Result<Page>> = async () => ok({ files: [], next: null, announced: 0 });

  const session: Session = {
    signIn: () => signInAnswer(),
    lookup: async () => ok(['Depot North', 'Depot South']),
    title: (reportId) => `Report ${reportId}`,
    listPage: () => listAnswer(),
    fileRequest: async (link) => ok({ method: 'GET', url: link, headers: {}, trusts: () => true }),
    renew: async () => ok(null),
    explainFile: () => failure('not-available', 'fake'),
    inspectFile: async () => [],
  };

  const provider: Provider = {
    signIn: {
      provider: id,
      label: 'Fake system',
      fields: [
        { id: 'name', label: 'Account name', secret: false },
        { id: 'password', label: 'Password', secret: true },
      ],
      defaultServerAddress: 'https://fake.example/api',
    },
    reports: [{ id: 'files', label: 'Files', description: 'All of them.', fields: [] }],
    readAddress: (typed) =>
      typed.startsWith('https://') ? ok(typed) : failed(failure('bad-address', 'not https')),
    accountName: (fields) => fields.name ?? '',
    openSession(options) {
      opened.push(options);
      return { ...session };
    },
  };

  return {
    provider,
    opened,
    signInAnswers(answer: () => Promise<Result<null>>) {
      signInAnswer = answer;
    },
    refuseSignIn(why: Failure = failure('sign-in-refused', 'status 401')) {
      signInAnswer = async () => failed(why);
    },
    listAnswers(answer: Result<Page>) {
      listAnswer = async () => answer;
    },
    listAnswersWith(answer: () => Promise<Result<Page>>) {
      listAnswer = answer;
    },
  };
}
