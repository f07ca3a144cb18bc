import { describe, expect, it } from 'vitest';
import { findRuntime, type RuntimeSource } from '../../../build/runtime/find-runtime.ts';

const asked: string[] = [];

const having =
  (name: string, warning?: string): RuntimeSource =>
  async () => {
    asked.push(name);
    return {
      executablePath: `/${name}/electron`,
      electron: '1.2.3',
      origin: `from ${name}`,
      ...(warning && { warning }),
    };
  };
const lacking =
  (name: string): RuntimeSource =>
  async () => {
    asked.push(name);
    return { reason: `${name} has none.` };
  };

async function find(sources: RuntimeSource[]) {
  asked.length = 0;
  const said: string[] = [];
  const runtime = await findRuntime(sources, (line) => said.push(line));
  return { runtime, said };
}

describe('finding a runtime', () => {
  it('takes the first source that has one and does not ask the later ones', async () => {
    const { runtime } = await find([lacking('a'), having('b'), having('c')]);
    expect(runtime.executablePath).toBe('/b/electron');
    expect(asked).toEqual(['a', 'b']);
  });

  it('says which one it took and why the earlier ones were passed over', async () => {
    const { said } = await find([lacking('a'), lacking('b'), having('c')]);
    expect(said).toEqual(['Runtime: Electron 1.2.3, from c. Why: a has none. b has none.']);
  });

  it('gives no reason for taking the first', async () => {
    const { said } = await find([having('a')]);
    expect(said).toEqual(['Runtime: Electron 1.2.3, from a.']);
  });

  it('says plainly what has to be known about the runtime', async () => {
    const { said } = await find([having('a', 'this is old.')]);
    expect(said.at(-1)).toBe('Warning: this is old.');
  });

  it('fails with every reason when nothing has one', async () => {
    await expect(find([lacking('a'), lacking('b')])).rejects.toThrow(/a has none\. b has none\./);
  });
});
