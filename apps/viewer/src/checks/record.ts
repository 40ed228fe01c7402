import { timeText } from '@zegel/core';
import type { CheckOutcome } from './check-protocol.ts';
import type { CheckKind, CheckRecord } from './integrity-state.ts';
import type { Notice } from './notice.ts';

/** Failures kept in the history of a check. */
const MOST_FAILURES = 20;

/** When a check began and ended, and whether somebody asked for it. */
export interface CheckTimes {
  readonly kind: CheckKind;
  /** ms since 1970. */
  readonly started: number;
  readonly ended: number;
  readonly asked: boolean;
}

/** The record of a check that came to its end. */
export function recordOf(times: CheckTimes, outcome: CheckOutcome): CheckRecord {
  const { ok, size, root, checked, rehashed, index, vault, failures, warnings } = outcome;
  return {
    ...timed(times),
    result: ok ? 'good' : 'failed',
    ...{ size, root, checked, rehashed, index, vault },
    failures: failures.slice(0, MOST_FAILURES),
    warnings: warnings.length,
  };
}

/** The record of one that did not; with failures when that there was nothing to check is one. */
export function unendedRecord(
  times: CheckTimes,
  result: 'failed' | 'cancelled' | 'impossible',
  { failures = [], problem }: { readonly failures?: readonly Notice[]; readonly problem?: string },
): CheckRecord {
  return {
    ...timed(times),
    result,
    ...{
      size: 0,
      root: '',
      checked: 0,
      rehashed: 0,
      index: 'skipped',
      vault: 'skipped',
      failures,
      warnings: 0,
    },
    ...(problem !== undefined && { problem }),
  };
}

/** A failure stays until somebody has looked, and asks, and everything is found good. */
export function clears({ kind, result, asked }: CheckRecord): boolean {
  return kind === 'full' && result === 'good' && asked === true;
}

/** After these there is no log where one was. */
const GONE: ReadonlySet<string> = new Set(['LOG_NOT_FOUND', 'STORE_NOT_FOUND']);

/** That there is nothing to check can be what there is to find. */
export function failuresOf(code: string, message: string, wasThere: boolean): readonly Notice[] {
  if (code === 'STATE_DAMAGED') return [{ code: 'memory-damaged', message }];
  return GONE.has(code) && wasThere ? [{ code: 'log-gone', message }] : [];
}

function timed({
  kind,
  started,
  ended,
  asked,
}: CheckTimes): Pick<CheckRecord, 'kind' | 'at' | 'took' | 'asked'> {
  return { kind, at: timeText(ended), took: ended - started, ...(asked && { asked: true as const }) };
}
