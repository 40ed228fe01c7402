import type { Callback } from './arguments.ts';

/** Gives an answer as it was asked for: to the callback if there is one, else as a promise. */
export function answered<T>(answer: Promise<T>, callback: Callback | undefined): Promise<T> | undefined {
  if (callback === undefined) return answer;
  void handOn(answer, callback);
  return undefined;
}

/** On a tick of its own, so that what a callback throws is no rejection. */
async function handOn(answer: Promise<unknown>, callback: Callback): Promise<void> {
  try {
    const result = await answer;
    process.nextTick(callback, null, result);
  } catch (error) {
    process.nextTick(callback, error);
  }
}
