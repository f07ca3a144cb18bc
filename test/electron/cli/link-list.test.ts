import { describe, expect, it } from 'vitest';
import { readLinkList } from '../../../electron/cli/link-list.ts';

const md5 = 'D41D8CD98F00B204E9800998ECF8427E';
const one = { url: 'http://127.0.0.1/a/one.csv', name: 'one.csv', size: 12, md5 };
const two = { url: 'https://files.example/two.ZIP', name: 'two.ZIP' };

const names = (text: string) => {
  const list = readLinkList(text);
  return list.ok ? list.value.map(({ name }) => name) : list.failure;
};

describe('a list of links', () => {
  it('is a JSON array', () => {
    expect(names(JSON.stringify([one, two], null, 2))).toEqual(['one.csv', 'two.ZIP']);
  });

  it('is an object a line, blank lines and a byte order mark aside', () => {
    expect(names(`\uFEFF${JSON.stringify(one)}\r\n\n  ${JSON.stringify(two)}\n`)).toEqual([
      'one.csv',
      'two.ZIP',
    ]);
  });

  it('may be empty', () => {
    expect(names('[]')).toEqual([]);
    expect(names('')).toEqual([]);
  });

  it('says what to expect of each file, if anything', () => {
    const list = readLinkList(JSON.stringify([one, two]));
    expect(list).toMatchObject({
      value: [
        { link: one.url, size: 12, md5: md5.toLowerCase(), content: 'text', accountName: '127.0.0.1' },
        { link: two.url, size: null, md5: null, content: 'zip' },
      ],
    });
  });

  it('tells files apart by all that it says of them', () => {
    const list = readLinkList(
      JSON.stringify([one, one, { ...one, size: 13 }, { ...one, name: 'other.csv' }]),
    );
    const ids = list.ok ? list.value.map(({ fileId }) => fileId) : [];
    expect(new Set(ids).size).toBe(3);
  });

  it.each([
    ['[{]', 'The list is not JSON.'],
    [`${JSON.stringify(one)}\n{"url":`, 'Line 2: not JSON.'],
    [`${JSON.stringify(one)}\n\n"text"`, 'Line 3: not an object'],
    [JSON.stringify([one, { ...one, url: 'ftp://example.com/x' }]), 'Item 2: url has to be a link'],
    [JSON.stringify([{ ...one, url: undefined }]), 'Item 1: url has to be a link'],
    [JSON.stringify([{ ...one, name: '../one.csv' }]), 'Item 1: name is no name'],
    [JSON.stringify([{ ...one, name: 'nul.csv' }]), 'Item 1: name is no name'],
    [JSON.stringify([{ ...one, name: 5 }]), 'Item 1: name has to be text'],
    [JSON.stringify([{ ...one, size: -1 }]), 'Item 1: size'],
    [JSON.stringify([{ ...one, md5: 'abc' }]), 'Item 1: md5 has to be 32 hex digits'],
  ])('is refused with the place of the mistake: %s', (text, sentence) => {
    const list = readLinkList(text);
    expect(list.ok).toBe(false);
    expect(list.ok ? '' : list.failure).toContain(sentence);
  });
});
