import { describe, expect, it } from 'vitest';
import { createConnectionBudget } from '../../../electron/network/connection-budget.ts';
import type { HttpRequest } from '../../../electron/network/http.ts';
import { createHttpClient } from '../../../electron/network/http-client.ts';
import { isPrivateHost } from '../../../electron/network/private-address.ts';
import { createRecordingSink } from '../../fakes/recording-sink.ts';
import { closing, get, http } from './with-http.ts';

const hostOf = (address: string) => new URL(address).hostname;

describe('a host of the network at hand', () => {
  it.each([
    'https://10.0.0.1',
    'https://172.16.0.1',
    'https://172.31.255.255',
    'https://192.168.5.150:8088',
    'https://169.254.7.9',
    'https://127.0.0.1',
    'https://3232235777',
    'https://[::1]',
    'https://[fe80::1]',
    'https://[febf::1]',
    'https://[fc00::1]',
    'https://[fd12:3456::1]',
    'https://[::ffff:192.168.1.1]',
    'https://pbx',
    'https://pbx.',
    'https://PBX.local',
    'https://pbx.office.local.',
    'https://localhost',
  ])('is %s', (address) => {
    expect(isPrivateHost(hostOf(address))).toBe(true);
  });

  it.each([
    'https://9.255.255.255',
    'https://11.0.0.1',
    'https://172.15.0.1',
    'https://172.32.0.1',
    'https://192.169.0.1',
    'https://169.253.0.1',
    'https://100.64.0.1',
    'https://[2001:db8::1]',
    'https://[fec0::1]',
    'https://[fbff::1]',
    'https://[::ffff:8.8.8.8]',
    'https://pbx.example.com',
    'https://10.0.0.1.example.com',
    'https://local.example.com',
    'https://pbx.notlocal',
  ])('is not %s', (address) => {
    expect(isPrivateHost(hostOf(address))).toBe(false);
  });
});

/** A PBX, a proxy that hands on plain http to it whatever host is asked for, and who came by which way. */
async function network() {
  const ways: string[] = [];
  const pbx = await http((_request, response) => {
    ways.push('direct');
    response.end('the PBX');
  });
  const proxy = await http((_request, response) => {
    ways.push('proxy');
    response.end('the PBX, through the proxy');
  });
  const client = (proxyIsNamed = false) =>
    closing(
      createHttpClient({
        budget: createConnectionBudget(),
        proxyFor: async () => `PROXY ${proxy.host}`,
        proxyIsNamed,
      }),
    );
  // Private, and this computer too, but not in a spelling that is never asked for through a proxy.
  const address = `http://[::ffff:127.0.0.1]:${new URL(pbx.url).port}/`;
  return { ways, client, address };
}

const direct: Partial<HttpRequest> = { directIfPrivate: true };

describe('a request that goes to a private host without a proxy of the system', () => {
  it('goes there straight, a short answer and a file alike', async () => {
    const { ways, client, address } = await network();
    const made = client();
    expect(await made.exchange(get(address, direct))).toMatchObject({ value: { text: 'the PBX' } });
    expect(await made.stream(get(address, direct), () => createRecordingSink())).toMatchObject({ ok: true });
    expect(ways).toEqual(['direct', 'direct']);
  });

  it('asks nobody for a proxy', async () => {
    const { address } = await network();
    const asked: string[] = [];
    const made = closing(
      createHttpClient({
        budget: createConnectionBudget(),
        async proxyFor(origin) {
          asked.push(origin);
          return null;
        },
      }),
    );
    await made.exchange(get(address, direct));
    expect(asked).toEqual([]);
  });

  it('is only the one that says so: any other goes as the system says', async () => {
    const { ways, client, address } = await network();
    const made = client();
    await made.exchange(get(address));
    await made.exchange(get(address, direct));
    await made.exchange(get(address));
    expect(ways).toEqual(['proxy', 'direct', 'proxy']);
  });

  it('goes as the system says to a public host', async () => {
    const { ways, client } = await network();
    await client().exchange(get('http://pbx.example.com:8088/', direct));
    await client().exchange(get('http://203.0.113.7/', direct));
    expect(ways).toEqual(['proxy', 'proxy']);
  });

  it('goes through a proxy that a person has named for this program', async () => {
    const { ways, client, address } = await network();
    await client(true).exchange(get(address, direct));
    expect(ways).toEqual(['proxy']);
  });
});
