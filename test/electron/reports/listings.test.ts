import { describe, expect, it } from 'vitest';
import type { Found, FoundEntry } from '../../../electron/reports/find-report.ts';
import { createListings } from '../../../electron/reports/listings.ts';

const entry = (id: string): FoundEntry => ({
  file: {
    id,
    name: `${id}.csv`,
    size: 1,
    md5: null,
    createdOn: null,
    expiresOn: null,
    nameDate: null,
    site: null,
    attempts: 0,
    downloadable: true,
    link: `https://files.webex.com/secret/${id}`,
    content: 'text',
    findAgainWith: { reportId: 'r', criteria: { site: 'hidden' } },
  },
  question: { reportId: 'r', criteria: {} },
});

const found = (...ids: string[]): Found => ({
  reportId: 'r',
  title: 'Files',
  period: null,
  entries: ids.map(entry),
  coverage: { missing: [], announced: ids.length, listed: ids.length, failedSites: [] },
});

describe('listings', () => {
  it('shows files without their links and questions', () => {
    const shown = createListings({ most: 20 }).keep(found('a', 'b'));
    expect(shown.files.map((file) => file.id)).toEqual(['a', 'b']);
    expect(JSON.stringify(shown)).not.toMatch(/secret|hidden|question|link|content/);
  });

  it('gives the files back, in the order asked for', () => {
    const listings = createListings({ most: 20 });
    const { listingId } = listings.keep(found('a', 'b', 'c'));
    const taken = listings.take(listingId, ['c', 'a']);
    expect(taken).toEqual({ ok: true, value: [entry('c'), entry('a')] });
  });

  it('gives each listing an id of its own', () => {
    const listings = createListings({ most: 20 });
    expect(listings.keep(found('a')).listingId).not.toBe(listings.keep(found('a')).listingId);
  });

  it('forgets the oldest one when there are too many', () => {
    const listings = createListings({ most: 2 });
    const [first, second, third] = [found('a'), found('b'), found('c')].map(
      (one) => listings.keep(one).listingId,
    );
    expect(listings.take(first ?? '', ['a'])).toMatchObject({ ok: false, failure: { code: 'listing-gone' } });
    expect(listings.take(second ?? '', ['b']).ok).toBe(true);
    expect(listings.take(third ?? '', ['c']).ok).toBe(true);
  });

  it('forgets everything when told to', () => {
    const listings = createListings({ most: 2 });
    const { listingId } = listings.keep(found('a'));
    listings.clear();
    expect(listings.take(listingId, ['a'])).toMatchObject({ failure: { code: 'listing-gone' } });
  });

  it('does not pass over an id that is not in the listing', () => {
    const listings = createListings({ most: 2 });
    const { listingId } = listings.keep(found('a'));
    expect(listings.take(listingId, ['a', 'z'])).toMatchObject({ failure: { code: 'bad-input' } });
  });
});
