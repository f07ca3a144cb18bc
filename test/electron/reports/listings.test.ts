import { describe, expect, it } from 'vitest';
import type { Found, FoundEntry } from '../../../electron/reports/find-report.ts';
import { createListings } from '../../../electron/reports/listings.ts';
import { listed } from '../../fakes/listed-file.ts';

const entry = (id: string): FoundEntry => ({
  file: listed(id, {
    link: `https://files.webex.com/secret/${id}`,
    findAgainWith: { reportId: 'r', criteria: { site: 'hidden' } },
  }),
  question: { reportId: 'r', criteria: {} },
  title: 'Report',
  period: null,
});

const WHO = 'fake|https://fake.example|acme';

const found = (...ids: string[]): Found => ({
  reportId: 'r',
  title: 'Files',
  period: null,
  entries: ids.map(entry),
  coverage: { missing: [], announced: ids.length, listed: ids.length, failedSites: [] },
});

describe('listings', () => {
  it('shows files without their links and questions', async () => {
    const shown = await createListings({ mostFiles: 20 }).keep(WHO, found('a', 'b'));
    expect(shown.files.map((file) => file.id)).toEqual(['a', 'b']);
    expect(JSON.stringify(shown)).not.toMatch(/secret|hidden|question|link|content/);
  });

  it('shows how long a file takes to be made, where that is known', async () => {
    const made = found('a', 'b');
    const [first, ...others] = made.entries;
    const entries = first ? [{ ...first, file: { ...first.file, makingMs: 65_000 } }, ...others] : [];
    const shown = await createListings({ mostFiles: 20 }).keep(WHO, { ...made, entries });
    expect(shown.files.map(({ makingMs }) => makingMs)).toEqual([65_000, undefined]);
  });

  it('gives the files back, in the order asked for', async () => {
    const listings = createListings({ mostFiles: 20 });
    const { listingId } = await listings.keep(WHO, found('a', 'b', 'c'));
    const taken = listings.take(WHO, listingId, ['c', 'a']);
    expect(taken).toEqual({ ok: true, value: [entry('c'), entry('a')] });
  });

  it('gives each listing an id of its own', async () => {
    const listings = createListings({ mostFiles: 20 });
    expect((await listings.keep(WHO, found('a'))).listingId).not.toBe(
      (await listings.keep(WHO, found('a'))).listingId,
    );
  });

  it('forgets the oldest ones when they hold too many files together', async () => {
    const listings = createListings({ mostFiles: 6 });
    const first = (await listings.keep(WHO, found('a', 'b'))).listingId;
    const second = (await listings.keep(WHO, found('c'))).listingId;
    const third = (await listings.keep(WHO, found('d', 'e'))).listingId;
    const gone = { ok: false, failure: { code: 'listing-gone' } };
    expect(listings.take(WHO, first, ['a'])).toMatchObject(gone);
    expect(listings.take(WHO, second, ['c']).ok).toBe(true);
    expect(listings.take(WHO, third, ['d', 'e']).ok).toBe(true);
  });

  it('keeps the newest one whatever its size, and not very many empty ones', async () => {
    const listings = createListings({ mostFiles: 3 });
    const empty = (await listings.keep(WHO, found())).listingId;
    for (let n = 0; n < 3; n++) await listings.keep(WHO, found());
    expect(listings.take(WHO, empty, [])).toMatchObject({ failure: { code: 'listing-gone' } });
    const large = (await listings.keep(WHO, found('a', 'b', 'c', 'd', 'e'))).listingId;
    expect(listings.take(WHO, large, ['e']).ok).toBe(true);
  });

  it('gives nothing of one account to another', async () => {
    const listings = createListings({ mostFiles: 20 });
    const { listingId } = await listings.keep(WHO, found('a'));
    expect(listings.take('somebody else', listingId, ['a'])).toMatchObject({
      failure: { code: 'listing-gone' },
    });
  });

  it('forgets everything when told to', async () => {
    const listings = createListings({ mostFiles: 5 });
    const { listingId } = await listings.keep(WHO, found('a'));
    listings.clear();
    expect(listings.take(WHO, listingId, ['a'])).toMatchObject({ failure: { code: 'listing-gone' } });
  });

  it('does not pass over an id that is not in the listing', async () => {
    const listings = createListings({ mostFiles: 5 });
    const { listingId } = await listings.keep(WHO, found('a'));
    expect(listings.take(WHO, listingId, ['a', 'z'])).toMatchObject({ failure: { code: 'bad-input' } });
  });
});
