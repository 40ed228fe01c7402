import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CheckAnswer, CheckOutcome, CheckRequest, CheckTold } from './check-protocol.ts';
import { CheckError } from './check-error.ts';

const WORKER = fileURLToPath(new URL('./check-worker.js', import.meta.url));
/** Characters of what a dying process said that are told on. */
const LAST_WORDS = 400;

/** A check whose process answered that it can't be done. */
export class CheckImpossible extends Error {
  override readonly name = 'CheckImpossible';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Does a check in a process of its own, which ends with it, with the signal, and with this process.
 *
 * @throws CheckImpossible when there was nothing to check; CheckError `CHECK_CANCELLED`, `CHECK_DIED`
 */
export function checkInProcess(
  request: CheckRequest,
  told: CheckTold,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const child = fork(WORKER, {
      serialization: 'advanced',
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    const stop = (): void => {
      child.kill('SIGKILL');
      reject(cancelled());
    };
    signal.addEventListener('abort', stop, { once: true });
    child.stderr?.on('data', (text: Buffer) => {
      lastWords = (lastWords + text.toString()).slice(-LAST_WORDS);
    });
    child.on('message', (answer: CheckAnswer) => {
      if (answer.kind === 'progress') told.progress(answer.progress);
      else if (answer.kind === 'found') told.found(answer.notices);
      else if (answer.kind === 'done') resolve(answer.outcome);
      else reject(new CheckImpossible(answer.code, answer.message));
    });
    child.on('error', (cause) => reject(new CheckError('CHECK_DIED', cause.message, { cause })));
    child.on('close', (status, by) => {
      signal.removeEventListener('abort', stop);
      reject(
        new CheckError('CHECK_DIED', `the check ended by ${by ?? `status ${status}`} ${lastWords}`.trim()),
      );
    });
    child.send(request);
  });
}

function cancelled(): CheckError {
  return new CheckError('CHECK_CANCELLED', 'the check was stopped');
}
