import { mayStay, PROBLEM_TYPE, type ProblemAnswer } from '@zegel/node/adapter';
import type { Context } from 'hono';

/** A problem document as a response. */
export function problem({ status, body }: ProblemAnswer): Response {
  return new Response(body, { status, headers: { 'content-type': PROBLEM_TYPE } });
}

/** Puts another response in place of the context's; of the old headers only those stay that hold no data. */
export function replace(c: Context, response: Response): void {
  const kept = [...c.res.headers].filter(([name]) => mayStay(name));
  // Hono would carry every old header over to the new response.
  c.res = undefined;
  for (const [name, value] of kept) response.headers.set(name, value);
  c.res = response;
}

/** Sets a header of a response that is there. */
export function addHeader(c: Context, name: string, value: string): void {
  try {
    c.res.headers.set(name, value);
  } catch {
    // The headers of a redirect or of another server's response can't be changed; Hono makes a copy.
    c.header(name, value);
  }
}
