import { describe, expect, it } from 'vitest';
import { aria2Input, curlConfig, jsonLines, linkList, md5sumList } from '../../../build/bench/lists.ts';

const files = [
  { name: 'a-1.zip', size: 10, md5: '0cc175b9c0f1b6a831c399e269772661' },
  { name: 'b 2.csv', size: 20, md5: '92eb5ffee6ae2fec3ad71c777531578f' },
];
const base = 'http://127.0.0.1:8000/work';

describe('the list for', () => {
  it('the engine is a JSON object a line', () => {
    expect(
      jsonLines(base, files)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { url: `${base}/a-1.zip`, ...files[0] },
      { url: `${base}/b%202.csv`, ...files[1] },
    ]);
  });

  it('curl names each file after its link', () => {
    expect(curlConfig(base, files)).toBe(
      `url = "${base}/a-1.zip"\noutput = "a-1.zip"\nurl = "${base}/b%202.csv"\noutput = "b 2.csv"\n`,
    );
  });

  it('wget2 is a link a line', () => {
    expect(linkList(base, files)).toBe(`${base}/a-1.zip\n${base}/b%202.csv\n`);
  });

  it('aria2 has name and checksum under each link', () => {
    expect(aria2Input(base, files.slice(0, 1))).toBe(
      `${base}/a-1.zip\n  out=a-1.zip\n  checksum=md5=0cc175b9c0f1b6a831c399e269772661\n`,
    );
  });

  it('md5sum has two blanks between checksum and name', () => {
    expect(md5sumList(files)).toBe(
      '0cc175b9c0f1b6a831c399e269772661  a-1.zip\n92eb5ffee6ae2fec3ad71c777531578f  b 2.csv\n',
    );
  });
});
