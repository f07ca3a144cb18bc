import { describe, expect, it } from 'vitest';
import { failure } from '../../../../electron/contract/failure.ts';
import type { FolderCheck } from '../../../../electron/contract/manifest.ts';
import { failed, ok, type Result } from '../../../../electron/contract/result.ts';
import { createCheckFolderStore } from '../../../../renderer/features/check-folder/check-folder-store.ts';
import { createFakeBridge } from '../../../fakes/fake-bridge.ts';

const aCheck: FolderCheck = {
  folder: 'D:\\CDR\\March',
  count: { same: 31, changed: 0, missing: 0, unreadable: 0, extra: 0 },
  differences: [],
};
const progress = { files: 1, filesInAll: 31, bytes: 10, bytesInAll: 100 };

function createStoreUnderTest() {
  const asked: { checkId: string; answer: (result: Result<FolderCheck | null>) => void }[] = [];
  const cancelled: string[] = [];
  const { cdr, emit } = createFakeBridge(
    {},
    {
      manifest: {
        checkFolder: ({ checkId }) => new Promise((answer) => asked.push({ checkId, answer })),
        cancelCheck: async ({ checkId }) => {
          cancelled.push(checkId);
          return ok(null);
        },
      },
    },
  );
  let ids = 0;
  const store = createCheckFolderStore(cdr, () => {
    ids += 1;
    return `check-${ids}`;
  });
  return {
    state: store.getState,
    asked,
    cancelled,
    report: (checkId: string) => emit('manifest.checkProgress', { checkId, ...progress }),
  };
}

describe('checking a folder', () => {
  it('goes from the choice of the folder over its progress to the outcome', async () => {
    const { state, asked, report } = createStoreUnderTest();
    const checked = state().check();
    expect(state().checking?.progress).toBeNull();
    report('check-1');
    expect(state().checking?.progress).toMatchObject(progress);
    asked[0]?.answer(ok(aCheck));
    await checked;
    expect(state()).toMatchObject({ checking: null, outcome: { ok: true, value: aCheck } });
  });

  it('asks for one folder at a time', () => {
    const { state, asked } = createStoreUnderTest();
    void state().check();
    void state().check();
    expect(asked).toHaveLength(1);
  });

  it('changes nothing when no folder was chosen: the last outcome is still there', async () => {
    const { state, asked } = createStoreUnderTest();
    const first = state().check();
    asked[0]?.answer(ok(aCheck));
    await first;
    const second = state().check();
    asked[1]?.answer(ok(null));
    await second;
    expect(state()).toMatchObject({ checking: null, outcome: { ok: true, value: aCheck } });
  });

  it('is stopped here at once, whatever comes of it later', async () => {
    const { state, asked, cancelled, report } = createStoreUnderTest();
    const checked = state().check();
    report('check-1');
    state().cancel();
    expect(state()).toMatchObject({ checking: null, outcome: null });
    expect(cancelled).toEqual(['check-1']);
    report('check-1');
    asked[0]?.answer(ok(aCheck));
    await checked;
    expect(state()).toMatchObject({ checking: null, outcome: null });
  });

  it('is no business of the progress of another check', () => {
    const { state, report } = createStoreUnderTest();
    void state().check();
    report('check-0');
    expect(state().checking?.progress).toBeNull();
  });

  it('tells a failure, but not that it was cancelled', async () => {
    const { state, asked } = createStoreUnderTest();
    const first = state().check();
    asked[0]?.answer(failed(failure('not-a-manifest', 'no manifest.csv')));
    await first;
    expect(state().outcome).toMatchObject({ ok: false, failure: { code: 'not-a-manifest' } });
    const second = state().check();
    asked[1]?.answer(failed(failure('cancelled', '')));
    await second;
    expect(state().outcome).toBeNull();
  });
});
