/** What every provider declares has to be sound, because screens and the command line are drawn from it. */
import { describe, expect, it } from 'vitest';
import type { CriterionField } from '../../../../electron/contract/report.ts';
import type { System } from './system.ts';

interface Shown {
  readonly id: string;
  readonly shownWhen?: { readonly field: string; readonly is: readonly string[] };
  readonly options?: readonly { readonly value: string }[];
}

/** Options of the command line are made from ids, so they have to be words that make one. */
const fieldId = /^[a-z][a-zA-Z0-9]*$/;
const kebabId = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const isUnique = (ids: readonly string[]) => new Set(ids).size === ids.length;

/** Every condition is about a choice before the field, and about values that it has. */
function expectConditionsFit(fields: readonly Shown[]): void {
  fields.forEach(({ shownWhen }, index) => {
    if (!shownWhen) return;
    const before = fields.slice(0, index).find(({ id }) => id === shownWhen.field);
    const values = before?.options?.map(({ value }) => value) ?? [];
    expect(shownWhen.is).not.toHaveLength(0);
    expect(values).toEqual(expect.arrayContaining([...shownWhen.is]));
  });
}

function expectSound(field: CriterionField): void {
  expect(field.id).toMatch(fieldId);
  expect(field.label.trim()).not.toBe('');
  if (field.kind === 'choice') {
    const values = field.options.map(({ value }) => value);
    expect(values).toContain(field.default);
    expect(isUnique(values)).toBe(true);
    expect(field.options.every(({ label }) => label.trim() !== '')).toBe(true);
  } else if (field.kind === 'text') {
    // What is asked for without a word of help needs an example of it at least.
    expect(field.help ?? field.placeholder ?? '').not.toBe('');
    if (field.pattern) {
      expect(() => new RegExp(`^(?:${field.pattern?.is})$`, 'u')).not.toThrow();
      expect(field.pattern.otherwise).toMatch(/\.$/);
    }
  } else if (field.kind !== 'lookup') {
    expect(field.longest).toBeGreaterThan(0);
    expect(field.keptDays).toBeGreaterThan(0);
  }
}

export function declaresSoundly(system: System): void {
  const provider = system.create();
  const { signIn, reports } = provider;

  describe('its sign-in', () => {
    it('has an id, a label, and fields that each have their own id and a label', () => {
      expect(signIn.provider).toMatch(kebabId);
      expect(signIn.label.trim()).not.toBe('');
      expect(isUnique(signIn.fields.map(({ id }) => id))).toBe(true);
      for (const { id, label, options } of signIn.fields) {
        expect(id).toMatch(fieldId);
        expect(label.trim()).not.toBe('');
        expect(isUnique(options?.map(({ value }) => value) ?? [])).toBe(true);
      }
    });

    it('shows fields by what was chosen before them', () => {
      expectConditionsFit(signIn.fields);
    });

    it('asks for a secret, and for none by a choice or under "Advanced"', () => {
      const secrets = signIn.fields.filter(({ secret }) => secret);
      expect(secrets).not.toHaveLength(0);
      for (const { options, advanced } of secrets) {
        expect(options).toBeUndefined();
        expect(advanced ?? false).toBe(false);
      }
    });

    it('says where to find what most people would not know', () => {
      for (const { id, help, options } of signIn.fields) {
        if (id === 'accountPassword' || options) continue;
        expect(help ?? '', id).toMatch(/\.$/);
      }
      if (signIn.defaultServerAddress === '') expect(signIn.addressHelp ?? '').toMatch(/\.$/);
    });
  });

  describe('its reports', () => {
    it('have an id and a label of their own, and a sentence that says what they are', () => {
      expect(reports).not.toHaveLength(0);
      expect(isUnique(reports.map(({ id }) => id))).toBe(true);
      expect(isUnique(reports.map(({ label }) => label))).toBe(true);
      for (const { id, label, description, notes = [] } of reports) {
        expect(id).toMatch(kebabId);
        expect(label.trim()).not.toBe('');
        for (const sentence of [description, ...notes]) expect(sentence).toMatch(/[.?]$/);
      }
    });

    it.each(reports)('$id has fields that can be drawn', (report) => {
      expect(isUnique(report.fields.map(({ id }) => id))).toBe(true);
      report.fields.forEach(expectSound);
      expectConditionsFit(report.fields);
    });

    it('are all tried by this suite', () => {
      const available = reports.filter(({ unavailable }) => unavailable === undefined);
      expect(Object.keys(system.examples).sort()).toEqual(available.map(({ id }) => id).sort());
    });
  });

  describe('its server address', () => {
    it.each([
      'ftp://host.example',
      'javascript:alert(1)',
      'https://name:word@host.example',
      'https://host.example/?key=1',
      'https://host.example/#part',
      'https://',
      'https://two words',
      ...(signIn.defaultServerAddress === '' ? ['', '   '] : []),
      ...system.badAddresses,
    ])('is not %j', (typed) => {
      expect(provider.readAddress(typed)).toMatchObject({ ok: false, failure: { code: 'bad-address' } });
    });

    it.each([
      ...(signIn.defaultServerAddress === '' ? [] : [signIn.defaultServerAddress]),
      ...system.goodAddresses,
    ])('has one normal form, which stays as it is: %s', (typed) => {
      const read = provider.readAddress(typed);
      if (!read.ok) throw new Error(read.failure.detail);
      expect(provider.readAddress(read.value)).toEqual(read);
      expect(provider.readAddress(`  ${read.value}/  `)).toEqual(read);
      expect(new URL(read.value).href.replace(/\/$/, '').startsWith('http')).toBe(true);
    });

    it('is the declared one where nothing is typed', () => {
      const { defaultServerAddress } = signIn;
      const read = provider.readAddress('');
      expect(read).toEqual(
        defaultServerAddress === ''
          ? expect.objectContaining({ ok: false })
          : provider.readAddress(defaultServerAddress),
      );
    });
  });
}
