import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../electron/contract/result.ts';
import { askForFile } from '../../../electron/downloads/ask-for-file.ts';
import { claimPart, leavePart } from '../../../electron/downloads/claim-part.ts';
import { type PartRecord, planResume } from '../../../electron/downloads/resume-decision.ts';
import type { Run } from '../../../electron/downloads/run.ts';
import type { HttpClient } from '../../../electron/network/http.ts';
import { csv } from '../../fakes/download-engine.ts';
import { createFakeFileSource } from '../../fakes/fake-file-source.ts';
import { diskError, faultyFiles } from '../../fakes/faulty-files.ts';
import { type OneRun, openOneRun } from '../../fakes/one-run.ts';

const [older, newer] = [csv(5000, 1), csv(5000, 2)];
/** Nothing but the server's word tells one content from the other. */
const record: PartRecord = { fileId: 'id', size: null, md5: null, total: 5000, validator: '"older"' };

let one: OneRun;
beforeEach(async () => {
  one = await openOneRun();
});
afterEach(() => one.close());

/** Answers every request with the newer content. */
const stream: HttpClient['stream'] = async (_request, open) => {
  const head = { status: 200, headers: { 'content-length': '5000', etag: '"newer"' } };
  const sink = open(head);
  try {
    await sink.take(Buffer.from(newer));
  } catch (error) {
    await sink.letGo();
    throw error;
  }
  await sink.end();
  return ok(head);
};

describe('a part whose file has changed on the server', () => {
  it.each(['the records', 'the disk'])(
    'is never taken for the new content when %s can not forget it',
    async (what) => {
      await one.put('a.csv.cdrpart', older.subarray(0, 3000));
      const held = { partName: 'a.csv.cdrpart', finalName: 'a.csv', received: 3000, part: record };
      const begun = one.begin({}, held);
      let broken = false;
      const run: Run = {
        ...begun,
        async save(change) {
          if (broken && what === 'the records' && change.received === 0) {
            broken = false;
            throw diskError('EIO', 'records');
          }
          await begun.save(change);
        },
      };
      const files = faultyFiles({
        before: (call) =>
          broken && what === 'the disk' && call === 'truncate' ? diskError('EIO', call) : null,
      });
      const source = createFakeFileSource({
        exchange: () => Promise.reject(new Error('no list')),
        stream,
        close: async () => {},
      });
      const parts = { ...one.parts(files), source };
      const claim = await claimPart(parts, run);
      if (!claim?.part) throw new Error('no part');
      broken = true;
      const plan = planResume(run.row().reference, record, claim.part.file.size);
      expect(plan.kind).toBe('continue');
      const answer = await askForFile(parts, run, claim, { plan, link: 'https://files.example.com/1' });
      expect(answer).toMatchObject({
        kind: 'ended',
        end: { kind: 'failed', failure: { code: 'disk-error' } },
      });
      await leavePart(parts, run, claim.part);
      expect(begun.stored().part).toBeNull();
      expect(begun.stored().received).toBe(0);
    },
  );
});
