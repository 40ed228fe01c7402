/**
 * The process of one check: low in priority, so that the viewer's requests come first, and gone when it is done.
 *
 * @module
 */
import { constants, setPriority } from 'node:os';
import { ZegelError } from '@zegel/core';
import type { CheckAnswer, CheckRequest } from './check-protocol.ts';
import { runCheck } from './run-check.ts';

const PROGRESS_EVERY = 200;

let spoken = 0;
let stage = '';

function say(answer: CheckAnswer): Promise<void> {
  return new Promise((resolve) => process.send?.(answer, () => resolve()));
}

/** Tells of each stage when it begins, and how it goes now and then. */
function sayNowAndThen(answer: CheckAnswer & { readonly kind: 'progress' }): void {
  const { stage: now } = answer.progress;
  if (now === stage && performance.now() - spoken < PROGRESS_EVERY) return;
  [spoken, stage] = [performance.now(), now];
  void say(answer);
}

async function check(request: CheckRequest): Promise<void> {
  try {
    const outcome = await runCheck(request, {
      progress: (progress) => sayNowAndThen({ kind: 'progress', progress }),
      found: (notices) => void say({ kind: 'found', notices }),
    });
    await say({ kind: 'done', outcome });
  } catch (error) {
    const code = error instanceof ZegelError && 'code' in error ? error.code : 'CHECK_DIED';
    await say({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
}

try {
  // Below what answers requests, not below everything: on a busy machine a check at the lowest priority never ends.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // threads that are started from here on inherit it
} catch {
  // not allowed here: the check is as quick as anything else
}
process.on('disconnect', () => process.exit()); // whoever asked is gone
process.once('message', (request: CheckRequest) => void check(request));
