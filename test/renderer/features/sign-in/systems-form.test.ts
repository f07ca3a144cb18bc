import { MantineProvider } from '@mantine/core';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { KnownAccount, SignInDeclaration } from '../../../../electron/contract/account.ts';
import { type Failure, failure } from '../../../../electron/contract/failure.ts';
import { CdrProvider } from '../../../../renderer/bridge/cdr-context.tsx';
import { SystemsForm } from '../../../../renderer/features/sign-in/systems-form.tsx';
import { anAccount, aSystem, createFakeBridge, someSettings } from '../../../fakes/fake-bridge.ts';

const ownSystem: SignInDeclaration = {
  provider: 'own',
  label: 'Own system',
  defaultServerAddress: '',
  addressHelp: 'As in the browser.',
  notes: ['One file at a time.'],
  fields: [
    {
      id: 'way',
      label: 'Way in',
      secret: false,
      options: [
        { value: 'key', label: 'With a key' },
        { value: 'token', label: 'With a token' },
      ],
    },
    {
      id: 'key',
      label: 'Key',
      secret: false,
      help: 'On the page API.',
      shownWhen: { field: 'way', is: ['key'] },
    },
    { id: 'token', label: 'Token', secret: true, shownWhen: { field: 'way', is: ['token'] } },
    { id: 'certificate', label: 'Certificate', secret: false, optional: true, advanced: true },
    {
      id: 'authority',
      label: 'Authority',
      secret: false,
      optional: true,
      advanced: true,
      file: 'certificates',
      help: 'From your administrator.',
    },
  ],
};

const { cdr } = createFakeBridge();
const Shared = ({ children }: { children?: ReactNode }) => CdrProvider({ cdr, children });

function drawn(again: KnownAccount | null, signedOutBy: Failure | null = null): string {
  const form = createElement(SystemsForm, {
    systems: [aSystem, ownSystem],
    settings: someSettings,
    accounts: [],
    again,
    signedOutBy,
    onDone: () => {},
  });
  return renderToStaticMarkup(createElement(MantineProvider, null, createElement(Shared, null, form)));
}

const labels = (markup: string): string[] =>
  [...markup.matchAll(/<label[^>]*>([^<]+)/g)].map(([, text = '']) => text);

const own = (fields: Readonly<Record<string, string>>) => anAccount({ provider: 'own', fields });

const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const aboutCertificate = (code: 'certificate-unknown' | 'certificate-changed') =>
  failure(code, 'self-signed', { fingerprint });

describe('the sign-in form', () => {
  it('begins with the system, and has the fields that it declares', () => {
    expect(labels(drawn(null))).toEqual([
      'System',
      'Account name',
      'Password',
      'Keep me signed in on this computer',
    ]);
  });

  it('asks for the address first where every customer has an own one', () => {
    const markup = drawn(own({ way: 'key' }));
    expect(labels(markup).slice(0, 4)).toEqual(['System', 'Server address', 'With a key', 'With a token']);
    expect(markup).toContain('As in the browser.');
    expect(markup).toContain('One file at a time.');
  });

  it('has the fields of the chosen way alone, with where their values are found', () => {
    expect(labels(drawn(own({ way: 'key' })))).toContain('Key');
    expect(drawn(own({ way: 'key' }))).toContain('On the page API.');
    expect(labels(drawn(own({ way: 'token' })))).toContain('Token');
    expect(labels(drawn(own({ way: 'token' })))).not.toContain('Key');
  });

  it('has the fields before the notes, so that they are in sight', () => {
    const markup = drawn(own({ way: 'key' }));
    expect(markup.indexOf('On the page API.')).toBeLessThan(markup.indexOf('One file at a time.'));
    expect(markup.indexOf('type="submit"')).toBeLessThan(markup.indexOf('One file at a time.'));
  });

  it('says of a kept secret that it need not be typed', () => {
    const account = own({ way: 'token' });
    expect(drawn(account)).not.toContain('Kept on this computer');
    const markup = drawn({ ...account, kept: true });
    expect(markup).toMatch(/<input(?![^>]*required)[^>]*placeholder="Kept on this computer"/);
  });

  it('has a file picked, and says which certificates are in it', () => {
    const none = drawn(own({ way: 'key', certificate: 'AB' }));
    expect(none).toContain('Choose a file…');
    const authority = '# Acme Root, valid until 2031-05-02\n-----BEGIN CERTIFICATE-----\n';
    const one = drawn(own({ way: 'key', authority }));
    expect(one).toContain('Acme Root, valid until 2 May 2031');
    expect(one).toContain('Remove');
    expect(one).not.toContain('BEGIN');
  });

  it('folds away what most people leave as it is, unless something is set there', () => {
    expect(labels(drawn(own({ way: 'key' })))).not.toContain('Certificate (optional)');
    expect(labels(drawn(own({ way: 'key', certificate: 'AB' })))).toContain('Certificate (optional)');
  });
});

describe('the question about a certificate', () => {
  it('shows the fingerprint in groups and lets the person trust it', () => {
    const markup = drawn(own({}), aboutCertificate('certificate-unknown'));
    expect(markup).toContain(Array.from({ length: 8 }, () => 'AB:AB:AB:AB').join(' '));
    expect(markup).toMatch(
      /<button(?![^>]*disabled)[^>]*type="button"[^>]*>(?:(?!<\/button>).)*Trust this certificate/,
    );
  });

  it('asks for a confirmation where the certificate has changed', () => {
    const markup = drawn(own({ certificate: 'CD:CD:CD:CD' }), aboutCertificate('certificate-changed'));
    expect(markup).toContain('Fingerprint that you trusted before');
    expect(markup).toMatch(/<button[^>]*disabled[^>]*>(?:(?!<\/button>).)*Trust this certificate/);
  });

  it('is only told, not asked, where a system can’t be trusted that way', () => {
    const markup = drawn(anAccount(), aboutCertificate('certificate-unknown'));
    expect(markup).toContain('Nobody vouches');
    expect(markup).not.toContain('Trust this certificate');
  });
});
