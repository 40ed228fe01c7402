import { describe } from 'vitest';
import { appendSuite } from './suite-append.ts';
import { copySuite } from './suite-copy.ts';
import { lifeSuite } from './suite-life.ts';
import { pruneSuite } from './suite-prune.ts';
import { readSuite } from './suite-read.ts';
import type { StoreSubject } from './suite-subject.ts';

/** Everything that a store must do, as vitest tests: to be called at the top of a test file. */
export function storeSuite(subject: StoreSubject): void {
  describe(`store suite: ${subject.name}`, () => {
    appendSuite(subject);
    readSuite(subject);
    copySuite(subject);
    pruneSuite(subject);
    lifeSuite(subject);
  });
}
