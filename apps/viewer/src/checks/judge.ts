import type { CheckOutcome } from './check-protocol.ts';
import type { CheckRecord, CheckStatus, Compared, IntegrityState } from './integrity-state.ts';
import { clears } from './record.ts';
import { joinNotices, MOST_NOTICES, type Notice, type NoticeCode } from './notice.ts';

/** The beginning: what the history says of the last check, which a new one has to confirm. */
export function firstState(
  records: { last(fits: (record: CheckRecord) => boolean): CheckRecord | undefined },
  damage: readonly Notice[],
  compared: Compared,
  now: number,
): IntegrityState {
  const lastFull = records.last(({ kind, result }) => kind === 'full' && isDone(result));
  const lastIncremental = records.last(({ kind, result }) => kind === 'round' && isDone(result));
  const failed = standing(records);
  const findings = joinNotices(damage, failed?.failures ?? [], MOST_NOTICES);
  return {
    status: findings.length > 0 ? 'failed' : 'unchecked',
    since: failed === undefined ? now : Date.parse(failed.at),
    checked: undefined,
    lastFull,
    lastIncremental,
    size: 0,
    root: '',
    findings,
    warnings: [],
    more: 0,
    pruned: [],
    prunedBodies: 0,
    gaps: [],
    compared,
    bodies: { allSince: undefined, next: 0 },
    problem: undefined,
    progress: undefined,
  };
}

/** The failure that no check cleared which somebody asked for. */
function standing(records: {
  last(fits: (record: CheckRecord) => boolean): CheckRecord | undefined;
}): CheckRecord | undefined {
  const failed = records.last(({ result }) => result === 'failed');
  const cleared = records.last(clears);
  if (failed === undefined || (cleared !== undefined && cleared.at > failed.at)) return undefined;
  return failed;
}

/** What a check leaves of the findings before it. One of everything that fails says all there is now to be said about the log. */
function isKept(code: NoticeCode, record: CheckRecord, { ok, whole }: CheckOutcome): boolean {
  if (clears(record)) return false;
  return ok || !whole || code === 'memory-damaged';
}

function isDone(result: CheckRecord['result']): boolean {
  return result === 'good' || result === 'failed';
}

/** The state after a check that came to its end. */
export function afterCheck(
  state: IntegrityState,
  record: CheckRecord,
  outcome: CheckOutcome,
  compared: Compared,
): IntegrityState {
  const at = Date.parse(record.at);
  const kept =
    state.status === 'failed' ? state.findings.filter(({ code }) => isKept(code, record, outcome)) : [];
  const findings = joinNotices(outcome.failures, kept, MOST_NOTICES);
  const status: CheckStatus = findings.length > 0 ? 'failed' : 'good';
  // What was found good once stays what it was; what is wrong with it, the findings say.
  const { size, root } = outcome.ok ? outcome : state;
  return {
    ...state,
    status,
    since: status === state.status ? state.since : at,
    checked: at,
    ...(record.kind === 'full' ? { lastFull: record } : { lastIncremental: record }),
    size,
    root,
    findings,
    warnings:
      record.kind === 'full' ? outcome.warnings : joinNotices(state.warnings, outcome.warnings, MOST_NOTICES),
    more: outcome.more,
    pruned: outcome.notes.pruned,
    gaps: outcome.notes.gaps,
    prunedBodies: outcome.prunedBodies,
    compared,
    problem: undefined,
    progress: undefined,
  };
}

/** The state after something was found beside a check, or before one has ended. */
export function afterFinding(state: IntegrityState, notices: readonly Notice[], now: number): IntegrityState {
  if (notices.length === 0) return state;
  const findings = joinNotices(state.findings, notices, MOST_NOTICES);
  return { ...state, status: 'failed', since: state.status === 'failed' ? state.since : now, findings };
}

/** The state after a check that could not be done. What is red stays red; what was good is not known to be so any more. */
export function afterImpossible(state: IntegrityState, problem: string, now: number): IntegrityState {
  if (state.status === 'failed') return { ...state, problem, progress: undefined };
  const since = state.status === 'unchecked' ? state.since : now;
  return { ...state, status: 'unchecked', since, problem, progress: undefined };
}
