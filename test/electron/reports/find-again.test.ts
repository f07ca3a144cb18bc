import { describe, expect, it } from 'vitest';
import { failure } from '../../../electron/contract/failure.ts';
import { failed, ok } from '../../../electron/contract/result.ts';
import { findAgain } from '../../../electron/reports/find-again.ts';
import { listed } from '../../fakes/listed-file.ts';
import { scriptedSession, whole } from './scripted-session.ts';

const question = { reportId: 'r', criteria: { site: 'acme' } };
const { signal } = new AbortController();

describe('findAgain', () => {
  it('asks the question again and answers with the file as it is now', async () => {
    const fresh = listed('b', { link: 'https://files-new.webex.com/b' });
    const script = scriptedSession(() => whole(listed('a'), fresh));
    expect(await findAgain(script.session, question, 'b', signal)).toEqual(ok(fresh));
    expect(script.asked).toMatchObject([{ question, cursor: null }]);
  });

  it('looks through the pages, and no further than the file', async () => {
    const script = scriptedSession(({ cursor }) =>
      ok({ files: [listed(`file ${cursor}`)], next: String(Number(cursor) + 1), announced: 9 }),
    );
    const found = await findAgain(script.session, question, 'file 2', signal);
    expect(found).toMatchObject({ ok: true, value: { id: 'file 2' } });
    expect(script.asked.map(({ cursor }) => cursor)).toEqual([null, '1', '2']);
  });

  it('answers with null when the file is no longer listed', async () => {
    const script = scriptedSession(() => whole(listed('a')));
    expect(await findAgain(script.session, question, 'b', signal)).toEqual(ok(null));
  });

  it('answers with the failure of the list, without trying again', async () => {
    const script = scriptedSession(() => failed(failure('service-down', 'test')));
    expect(await findAgain(script.session, question, 'b', signal)).toMatchObject({
      failure: { code: 'service-down' },
    });
    expect(script.asked).toHaveLength(1);
  });
});
