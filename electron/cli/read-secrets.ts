import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { SignInField } from '../contract/account.ts';
import { failure } from '../contract/failure.ts';
import { failed, ok, type Result } from '../contract/result.ts';
import { type ReadPasswordOptions, readPassword } from './read-password.ts';

export interface ReadSecretsOptions extends Omit<ReadPasswordOptions, 'label'> {
  readonly secrets: readonly SignInField[];
  /** As the only line of standard input, or all of it as a JSON object by the ids of the fields. */
  readonly form: 'line' | 'json';
}

/**
 * The secret fields of a sign-in, by id. At a terminal they are asked for one by one, and what is typed is not shown.
 * Failure `bad-input` for JSON that does not fit the fields; its words repeat nothing of it.
 */
export async function readSecrets({
  secrets,
  form,
  ...from
}: ReadSecretsOptions): Promise<Result<Record<string, string>>> {
  if (form === 'json' && !from.stdin.isTTY) return readJson(secrets, from);
  const values: Record<string, string> = {};
  for (const { id, label } of secrets) {
    const secret = await readPassword({ ...from, label });
    if (!secret.ok) return secret;
    values[id] = secret.value;
  }
  return ok(values);
}

const schema = z.record(z.string(), z.string());

async function readJson(
  secrets: readonly SignInField[],
  { stdin, stop }: Omit<ReadPasswordOptions, 'label'>,
): Promise<Result<Record<string, string>>> {
  const wrong = (why: string) => {
    const takes = secrets.map(({ id, optional }) => (optional ? `[${id}]` : id)).join(', ') || 'none';
    return failed(failure('bad-input', `${why} The secrets of this sign-in: ${takes}.`));
  };
  const json = await readAll(stdin, stop);
  if (json === null) return failed(failure('cancelled', 'stopped while secrets were waited for'));
  const read = schema.safeParse(parse(json));
  if (!read.success) return wrong('--secrets-stdin takes a JSON object of texts.');
  const values = read.data;
  const unknown = Object.keys(values).some((key) => !secrets.some(({ id }) => id === key));
  if (unknown) return wrong('--secrets-stdin has a field that is none of them.');
  const missing = secrets.find(({ id, optional }) => !optional && !values[id]);
  return missing ? wrong(`--secrets-stdin lacks ${missing.id}.`) : ok(values);
}

/** Null: stopped before its end. */
async function readAll(stdin: NodeJS.ReadStream, stop: AbortSignal): Promise<string | null> {
  try {
    return await text(addAbortSignal(stop, stdin));
  } catch (error) {
    if (stop.aborted) return null;
    throw error;
  }
}

function parse(json: string): unknown {
  try {
    // A shell of Windows puts a byte order mark before what it passes on.
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
