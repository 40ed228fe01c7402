/**
 * Base of every error that a caller can cause. `code` is a literal in each subclass, so that a
 * `switch (error.code)` narrows; `docs/errors.md` lists them all.
 */
export abstract class ZegelError extends Error {
  abstract readonly code: string;
}

/** A broken assumption of our own: never the caller's fault, never to be caught. */
export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}

/** Throws when one of our own invariants does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailed(message);
}
