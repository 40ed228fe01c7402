import { AsyncLocalStorage } from 'node:async_hooks';

const reasons = new AsyncLocalStorage<string>();

/**
 * Runs `work`, such as a migration, with statements that tell no context what they read. Each one on
 * personal data is reported to the capture's `onProblem` with the reason. Keep it out of anything
 * that serves requests.
 */
export function withoutCapture<T>(reason: string, work: () => T): T {
  if (reason.trim() === '') throw new TypeError('a reason must be given for working without capture');
  return reasons.run(reason, work);
}

/** The reason for which this code runs without capture. */
export function reasonWithout(): string | undefined {
  return reasons.getStore();
}
