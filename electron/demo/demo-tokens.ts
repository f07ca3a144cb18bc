import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { type Answer, jsonAnswer, refusal } from './answer.ts';

export interface DemoAccount {
  readonly name: string;
  readonly password: string;
}

/** The service's limits: one token lives just under twelve hours and carries 20 connections at a time. */
const LIFETIME_SECONDS = 43_199;
const MOST_CONNECTIONS = 20;

const signInSchema = z.object({ accountName: z.string(), accountPassword: z.string() });

export interface DemoTokens {
  /** Answers a sign-in, given the text of its body. */
  signIn(body: string): Answer;
  /** Null when the request may go on; then it counts towards its token's connections until `over`. */
  refuse(authorization: string | undefined, over: AbortSignal): Answer | null;
}

export function createDemoTokens(account: DemoAccount, clock: Clock): DemoTokens {
  const tokens = new Map<string, { readonly expiresAt: number; connections: number }>();
  return {
    signIn(body) {
      const asked = signInSchema.safeParse(parseJson(body));
      if (!asked.success) return refusal(400, 'accountName and accountPassword are required');
      const { accountName, accountPassword } = asked.data;
      if (accountName !== account.name || accountPassword !== account.password) {
        return refusal(401, 'unauthorized');
      }
      const accessToken = randomBytes(30).toString('base64url');
      tokens.set(accessToken, { expiresAt: clock.now() + LIFETIME_SECONDS * 1000, connections: 0 });
      return jsonAnswer(200, { tokenType: 'Bearer', accessToken, expiresIn: LIFETIME_SECONDS });
    },
    refuse(authorization, over) {
      const token = tokens.get(authorization?.match(/^Bearer (.+)$/)?.[1] ?? '');
      if (!token || clock.now() >= token.expiresAt) return refusal(401, 'unauthorized');
      if (token.connections >= MOST_CONNECTIONS) return refusal(429, 'too many connections');
      if (over.aborted) return null;
      token.connections += 1;
      over.addEventListener('abort', () => {
        token.connections -= 1;
      });
      return null;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
