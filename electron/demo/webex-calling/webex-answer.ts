import { type Answer, jsonAnswer } from '../answer.ts';

let count = 0;

/** A refusal in the shape that the service gives it, with an id for its support. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  count += 1;
  const answer = jsonAnswer(status, {
    message,
    errors: [{ description: message }],
    trackingId: `SAMPLE_${count}`,
  });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
