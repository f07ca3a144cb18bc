import { type Failure, failure } from '../../contract/failure.ts';
import { failed, ok, type Result } from '../../contract/result.ts';
import { inTurnUnlessStopped } from '../../lib/in-turn.ts';
import type { Prepared, Session, SessionOptions } from '../provider.ts';
import { createApi } from './api.ts';
import type { PbxGate } from './pbx-gate.ts';
import { pbxZone } from './pbx-time.ts';
import { notesOf, readPlan } from './plan.ts';
import { prepareFile } from './prepare-file.ts';
import { listedFile, nameOf, readLink, readWanted, titleOf, type WantedFile } from './wanted-file.ts';

/** A file goes on sooner after one of its steps, unless it was stopped there. */
const IDLE_MS = 10_000;

/** A conversation with one PBX. Finding files sends nothing: they are made as they are downloaded. */
export function createSession(
  { serverAddress, fields, http, clock }: SessionOptions,
  gate: PbxGate,
): Session {
  const api = createApi({ serverAddress, fields, http, clock, gate });
  const { pbxName = '', ownAccount } = fields;
  const zone = pbxZone(fields);
  const nameInFiles = pbxName.trim() || new URL(serverAddress).hostname;
  const nameFor = (wanted: WantedFile) => nameOf(wanted, nameInFiles);

  let idle = new AbortController();
  function signOutWhenIdle(): void {
    idle = new AbortController();
    const { signal } = idle;
    void clock.sleep(IDLE_MS, signal).then(() => (signal.aborted ? null : api.signOut(signal)));
  }

  return {
    async signIn(signal) {
      if (!zone.ok) return zone;
      const token = await api.token(signal);
      return token.ok ? ok(null) : token;
    },

    async lookup(reportId, fieldId) {
      return failed(failure('bad-criteria', `nothing to look up for ${reportId}.${fieldId}`));
    },

    title: titleOf,

    async listPage(question) {
      const wanted = readWanted(question);
      if (!wanted.ok)
        return failed({ ...wanted.failure, subject: titleOf(question.reportId, question.criteria) });
      return ok({ files: [listedFile(wanted.value, nameInFiles)], next: null, announced: 1 });
    },

    filesAtOnce: 1,

    async prepareFile(file, job, signal) {
      const wanted = readLink(file.link);
      if (!wanted) return failed({ ...notALink, subject: file.name });
      if (!zone.ok) return zone;
      const prepared = await inTurnUnlessStopped(
        gate.fetchInTurn,
        signal,
        async (): Promise<Result<Prepared>> => {
          idle.abort();
          const one = await prepareFile({ api, clock, zone: zone.value, nameFor }, wanted, job, signal);
          const isOver = one.ok || one.failure.code !== 'being-made';
          if (ownAccount === 'yes') await (isOver ? api.signOut(signal) : signOutWhenIdle());
          return one;
        },
      );
      if (!prepared) return failed(failure('cancelled', 'stopped before its turn'));
      return prepared.ok ? prepared : failed({ ...prepared.failure, subject: file.name });
    },

    // Never used: `prepareFile` makes every file itself.
    fileRequest: async () => failed(notALink),
    renew: async () => ok(null),
    explainFile: ({ name }, { status }) => ({ ...notALink, subject: name, status }),

    async inspectFile(_reportId, _path, notes) {
      const plan = readPlan(notes);
      return plan ? notesOf(plan) : [];
    },
  };
}

const notALink: Failure = failure('no-link', 'files of a PBX have no link that anybody could ask for');
