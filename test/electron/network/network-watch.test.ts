import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compareNetworks, createNetworkWatch } from '../../../electron/network/network-watch.ts';
import { ownAddresses } from '../../../electron/network/own-addresses.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

describe('two looks at the own addresses', () => {
  it.each([
    ['nothing changed', ['a', 'b'], ['b', 'a'], false, { lost: false, back: false }],
    ['there was and is no network', [], [], false, { lost: false, back: false }],
    ['the network went', ['a'], [], false, { lost: true, back: false }],
    ['a network came', [], ['a'], false, { lost: false, back: true }],
    ['another network took its place', ['a'], ['b'], false, { lost: true, back: true }],
    ['one of two networks went', ['a', 'b'], ['a'], false, { lost: true, back: true }],
    ['a second network came', ['a'], ['a', 'b'], false, { lost: false, back: true }],
    ['the computer slept', ['a'], ['a'], true, { lost: true, back: true }],
    ['the computer slept and woke elsewhere', ['a'], ['b'], true, { lost: true, back: true }],
    ['the computer slept and woke without a network', ['a'], [], true, { lost: true, back: false }],
  ])('when %s', (_what, before, now, slept, expected) => {
    expect(compareNetworks(before, now, slept)).toEqual(expected);
  });
});

function watched(first: readonly string[]) {
  const clock = createFakeClock();
  const told: string[] = [];
  const computer = { addresses: first };
  const watch = createNetworkWatch({
    clock,
    addresses: () => computer.addresses,
    onLost: () => told.push('lost'),
    onBack: () => told.push('back'),
  });
  onTestFinished(() => watch.close());
  return { clock, told, computer, watch };
}

describe('the watch over the network', () => {
  it('tells within two seconds what has changed, once', async () => {
    const { clock, told, computer } = watched(['a']);
    await clock.advance(10_000);
    expect(told).toEqual([]);
    computer.addresses = [];
    await clock.advance(2000);
    expect(told).toEqual(['lost']);
    await clock.advance(10_000);
    computer.addresses = ['b'];
    await clock.advance(2000);
    expect(told).toEqual(['lost', 'back']);
    await clock.advance(10_000);
    expect(told).toEqual(['lost', 'back']);
  });

  it('tells that the computer slept, by the time that is missing', async () => {
    const { clock, told } = watched(['a']);
    clock.set(clock.now() + 8000);
    await clock.advance(2000);
    expect(told).toEqual([]);
    clock.set(clock.now() + 60_000);
    await clock.advance(2000);
    expect(told).toEqual(['lost', 'back']);
  });

  it('takes a clock that was set back for nothing', async () => {
    const { clock, told } = watched(['a']);
    clock.set(clock.now() - 3_600_000);
    await clock.advance(4000);
    expect(told).toEqual([]);
  });

  it('looks at once when asked to', () => {
    const { told, computer, watch } = watched(['a']);
    computer.addresses = ['b'];
    watch.check();
    expect(told).toEqual(['lost', 'back']);
  });

  it('is over when it is closed', async () => {
    const { clock, told, computer, watch } = watched(['a']);
    watch.close();
    computer.addresses = [];
    await clock.advance(10_000);
    expect(told).toEqual([]);
    expect(clock.sleeping).toBe(0);
  });
});

describe('the own addresses', () => {
  it('are those of the computer, without its own loop and what no network has given', () => {
    const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    for (const { address, internal } of all) {
      const ofANetwork = !internal && !address.startsWith('fe80:') && !address.startsWith('169.254.');
      expect([address, ownAddresses().includes(address)]).toEqual([address, ofANetwork]);
    }
    expect(ownAddresses()).not.toContain('127.0.0.1');
  });
});
