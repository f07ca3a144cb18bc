import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFiles, readSites } from '../../../../electron/providers/cisco-cca/read-listing.ts';
import type { ListedFile } from '../../../../electron/providers/provider.ts';

const context = { content: 'text', site: 'acme' } as const;
const link = 'https://files-a.example.webex.com/pcs/api/v1/cdr/acme/1';

const item = {
  id: '00000000-0000-4000-8000-000000000001',
  createdOn: '05/02/2024T07:00:01+0000',
  downloadLink: link,
  fileSize: 2048,
  checksum: '0123456789ABCDEF0123456789abcdef',
  type: 'daily',
  expiredOn: '05/02/2025T07:00:01+0000',
  downloadAttempts: 3,
  metadata: [
    { key: 'lastConferencaDate', value: '05-01-2024' },
    { key: 'humanReadableFileName', value: 'acme_CCA_SP_CDR_Daily_20240501.csv' },
  ],
};

function readOne(change: Record<string, unknown>, without: readonly string[] = []): ListedFile | undefined {
  const changed = Object.entries({ ...item, ...change }).filter(([key]) => !without.includes(key));
  const read = readFiles({ total: 1, items: [Object.fromEntries(changed)] }, context);
  if (!read.ok) throw new Error(read.failure.detail);
  return read.value.items[0];
}

describe('readFiles', () => {
  it('reads a file of a site', () => {
    expect(readFiles({ total: 133, from: 0, size: 1, items: [item] }, context)).toEqual({
      ok: true,
      value: {
        total: 133,
        count: 1,
        items: [
          {
            id: item.id,
            name: 'acme_CCA_SP_CDR_Daily_20240501.csv',
            size: 2048,
            md5: '0123456789abcdef0123456789abcdef',
            createdOn: { time: Date.UTC(2024, 4, 2, 7, 0, 1), approximate: false },
            expiresOn: { time: Date.UTC(2025, 4, 2, 7, 0, 1), approximate: false },
            nameDate: '2024-05-01',
            site: 'acme',
            attempts: 3,
            downloadable: true,
            link,
            content: 'text',
          },
        ],
      },
    });
  });

  describe('the link', () => {
    it('is under "a" in the list of new files', () => {
      expect(readOne({ a: link }, ['downloadLink'])?.link).toBe(link);
    });

    it('is under "downloadLink" where both are there', () => {
      expect(readOne({ a: 'https://other.webex.com/' })?.link).toBe(link);
    });

    it.each(['', 'soon', null, 7, 'javascript:alert(1)', 'file:///etc/passwd'])(
      'is looked for elsewhere when "downloadLink" is %j',
      (downloadLink) => expect(readOne({ downloadLink, a: link })?.link).toBe(link),
    );

    it('is the only other https address, under whatever name', () => {
      expect(readOne({ href: link }, ['downloadLink'])?.link).toBe(link);
    });

    it('may be plain http on this computer itself, and nowhere else', () => {
      const local = 'http://127.0.0.1:8080/file';
      expect(readOne({ href: local }, ['downloadLink'])?.link).toBe(local);
      expect(readOne({ href: 'http://files.webex.com/file' }, ['downloadLink'])?.link).toBeNull();
    });

    it('is unknown when two other addresses could be it', () => {
      expect(readOne({ one: link, two: `${link}2` }, ['downloadLink'])).toMatchObject({
        link: null,
        downloadable: false,
      });
    });

    it('is never made from the id: without one the file is listed, but not downloadable', () => {
      expect(readOne({}, ['downloadLink'])).toMatchObject({ id: item.id, link: null, downloadable: false });
    });

    it('is followed as it is, whatever id it holds', () => {
      expect(readOne({ id: 'another' })?.link).toBe(link);
    });
  });

  describe('the name', () => {
    it('is fileName before that of the metadata', () => {
      expect(readOne({ fileName: 'CCA_SP_CDR_Daily_20240503.zip' })).toMatchObject({
        name: 'CCA_SP_CDR_Daily_20240503.zip',
        nameDate: '2024-05-03',
      });
    });

    it.each([undefined, null, '', '  ', 5])('is that of the metadata when fileName is %j', (fileName) => {
      expect(readOne({ fileName })?.name).toBe('acme_CCA_SP_CDR_Daily_20240501.csv');
    });

    it('is made of site and id when there is none', () => {
      expect(readOne({ id: 'id-7', metadata: [] })).toMatchObject({ name: 'acme_id-7.csv', nameDate: null });
    });

    it('keeps site and id when they hold separators', () => {
      const read = readFiles({ total: 1, items: [{ id: '../7' }] }, { content: 'zip', site: 'a/b' });
      expect(read.ok && read.value.items[0]?.name).toBe('a_b_.._7.zip');
    });

    it.each([
      ['../../../etc/cron.d/x.csv', 'x.csv'],
      ['C:\\Windows\\win.ini', 'win.ini'],
      ['CON.csv', '_CON.csv'],
      ['a\u0000b.csv', 'a_b.csv'],
      ['..', 'file'],
    ])('is safe when the service says %j', (fileName, name) => {
      expect(readOne({ fileName })?.name).toBe(name);
    });
  });

  describe('the metadata', () => {
    it.each([[undefined], [null], [[]], [{}], ['none'], [[null]], [[{ key: 'x' }]], [[7]]])(
      'may be %j',
      (metadata) => {
        expect(readOne({ metadata })).toMatchObject({ id: item.id, nameDate: null });
      },
    );

    it('may repeat keys: the first with a value counts', () => {
      const metadata = [
        { key: 'humanReadableFileName', value: '' },
        { key: 'humanReadableFileName', value: 'first.csv' },
        { key: 'humanReadableFileName', value: 'second.csv' },
      ];
      expect(readOne({ metadata })?.name).toBe('first.csv');
    });

    it.each(['lastConferencaDate', 'lastConferenceDate'])('dates a file without a name by %s', (key) => {
      expect(readOne({ metadata: [{ key, value: '12-13-2018' }] })?.nameDate).toBe('2018-12-13');
    });
  });

  it.each([
    ['2048', 2048],
    [' 7 ', 7],
    [0, 0],
    [-1, null],
    [1.5, null],
    ['many', null],
    ['', null],
    [null, null],
    [undefined, null],
    [1e300, null],
  ])('reads the size %j as %j', (fileSize, size) => {
    expect(readOne({ fileSize })?.size).toBe(size);
  });

  it('reads numbers that come as text', () => {
    expect(readOne({ downloadAttempts: '998' })?.attempts).toBe(998);
    const read = readFiles({ total: '133', items: [item] }, context);
    expect(read.ok && read.value.total).toBe(133);
  });

  it.each(['', 'abc', '0123456789abcdef0123456789abcdeg', `${item.checksum}0`, 42, null])(
    'takes the checksum %j for none',
    (checksum) => expect(readOne({ checksum })?.md5).toBeNull(),
  );

  it('keeps a file whose dates cannot be read', () => {
    expect(readOne({ createdOn: 'yesterday', expiredOn: 20240502 })).toMatchObject({
      createdOn: null,
      expiresOn: null,
      downloadable: true,
    });
  });

  it('takes the last year of a stamp with two', () => {
    expect(readOne({ expiredOn: '05/03/2024/2025T07:00:01+0000' })?.expiresOn).toEqual({
      time: Date.UTC(2025, 4, 3, 7, 0, 1),
      approximate: true,
    });
  });

  it('takes a number for an id', () => {
    expect(readOne({ id: 17 })?.id).toBe('17');
  });

  it('lists a file of which nothing but the id is known', () => {
    const read = readFiles({ items: [{ id: 'id-7' }] }, { content: 'zip', site: null });
    expect(read).toEqual({
      ok: true,
      value: {
        count: 1,
        total: null,
        items: [
          {
            id: 'id-7',
            name: 'CDR_id-7.zip',
            size: null,
            md5: null,
            createdOn: null,
            expiresOn: null,
            nameDate: null,
            site: null,
            attempts: null,
            downloadable: false,
            link: null,
            content: 'zip',
          },
        ],
      },
    });
  });

  it('leaves out what has no id, and counts it for the next page', () => {
    const read = readFiles({ total: 3, items: [{ ...item, id: undefined }, item, null] }, context);
    expect(read).toMatchObject({ ok: true, value: { count: 3, total: 3, items: [{ id: item.id }] } });
  });

  it('leaves out what has an id of endless length', () => {
    const read = readFiles({ total: 2, items: [{ ...item, id: 'x'.repeat(501) }, item] }, context);
    expect(read).toMatchObject({ ok: true, value: { count: 2, items: [{ id: item.id }] } });
  });

  it('takes no items for an empty list where the total says 0', () => {
    expect(readFiles({ total: 0 }, context)).toEqual({ ok: true, value: { items: [], count: 0, total: 0 } });
  });

  it.each([
    [null],
    [[]],
    ['text'],
    [7],
    [{}],
    [{ error: 'x' }],
    [{ total: 5 }],
    [{ total: 1, items: {} }],
    [{ total: 1, items: 'x' }],
    [{ total: 2, items: [{}, { id: '' }] }],
  ])('calls %j unusable', (json) => {
    expect(readFiles(json, context)).toMatchObject({ ok: false, failure: { code: 'unusable-answer' } });
  });

  it('answers to any JSON without throwing, and never with an unsafe name', () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({
        total: fc.jsonValue(),
        items: fc.array(
          fc.dictionary(fc.constantFrom(...Object.keys(item), 'fileName', 'a'), fc.jsonValue()),
        ),
      }),
    );
    fc.assert(
      fc.property(json, (value) => {
        const read = readFiles(value, context);
        for (const file of read.ok ? read.value.items : []) expect(file.name).not.toMatch(/[/\\]|^\.+$|^$/);
      }),
    );
  });
});

describe('readSites', () => {
  it('reads the names, exactly as they are', () => {
    const items = [{ siteName: 'acme', lastSiteUpdate: 'x' }, { siteName: 'Büro 7/8' }, { siteName: '' }, {}];
    expect(readSites({ total: 4, items })).toEqual({
      ok: true,
      value: { items: ['acme', 'Büro 7/8'], count: 4, total: 4 },
    });
  });

  it('calls a list without any name unusable', () => {
    expect(readSites({ total: 1, items: [{ name: 'acme' }] })).toMatchObject({
      ok: false,
      failure: { code: 'unusable-answer' },
    });
  });
});
