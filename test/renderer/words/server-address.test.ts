import { describe, expect, it } from 'vitest';
import {
  addressProblem,
  addressWarning,
  hostOf,
  isLoopback,
} from '../../../renderer/words/server-address.ts';

describe('a typed server address', () => {
  it.each([
    '',
    '  ',
    'https://pcsprod.webex.com/pcs/api',
    'https://a.example/',
    'http://127.0.0.1:4010/pcs/api',
    'http://localhost:1',
  ])('can be used: "%s"', (address) => {
    expect(addressProblem(address)).toBeNull();
  });

  it.each([
    ['pcsprod.webex.com', /whole address/],
    ['https://', /whole address/],
    ['http://pcsprod.webex.com', /https/],
    ['http://127.0.0.1.example.com', /https/],
    ['ftp://a.example', /https/],
    ['https://me:secret@a.example', /password out/],
    ['https://a.example/api?x=1', /\? or #/],
    ['https://a.example/api#x', /\? or #/],
  ])('is refused with a reason: "%s"', (address, reason) => {
    expect(addressProblem(address)).toMatch(reason);
  });
});

describe('the address of a server that the customer runs', () => {
  it.each([
    '192.168.5.150',
    '192.168.5.150:8088',
    'pbx.example.com:8088',
    'http://192.168.5.150',
    'https://pbx.example.com:8443/ccfs',
  ])('can be used: "%s"', (address) => {
    expect(addressProblem(address, true)).toBeNull();
  });

  it.each([
    ['ftp://pbx.example.com', /https/],
    ['me:secret@pbx.example.com', /password out/],
    ['pbx.example.com?x=1', /\? or #/],
    ['a b', /whole address/],
  ])('is refused with a reason: "%s"', (address, reason) => {
    expect(addressProblem(address, true)).toMatch(reason);
  });

  it('is warned of where everything would travel in the open', () => {
    expect(addressWarning('http://192.168.5.150:8088')).toMatch(/in the open/);
    expect(addressWarning('https://192.168.5.150:8088')).toBeNull();
    expect(addressWarning('http://127.0.0.1:8088')).toBeNull();
    expect(addressWarning('')).toBeNull();
  });
});

describe('an address', () => {
  it('is shown by its host, or as it is where it has none', () => {
    expect(hostOf('https://pcsprod.webex.com/pcs/api')).toBe('pcsprod.webex.com');
    expect(hostOf('nonsense')).toBe('nonsense');
  });

  it('of this computer is a loopback one, whatever the port', () => {
    expect(['http://127.0.0.1:1/x', 'http://localhost', 'http://[::1]:80'].every(isLoopback)).toBe(true);
    expect(isLoopback('https://127.0.0.1.example.com')).toBe(false);
  });
});
