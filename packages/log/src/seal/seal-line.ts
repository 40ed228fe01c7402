import { ZegelError } from '@zegel/core';
import type { Problem } from '../event/problem.ts';
import type { NormalizedEvent } from '../event/types.ts';
import { validateEvent } from '../event/validate.ts';
import type { ControlRecord, SealedBatch } from '../protocol.ts';
import type { CompiledRegister } from '../register/compile.ts';
import { prepareControl } from './prepare-control.ts';
import { prepareEvent, type SealTools } from './prepare-event.ts';
import { BatchColumns, type SealedRow } from './row.ts';

/** A request as the seal worker holds it until it is settled. `again`: it was sealed before, and its refusals are told. */
export type Work =
  | {
      readonly kind: 'events';
      readonly request: number;
      /** JSON text of an array: as short-lived objects, thousands of waiting events would be moved by every collection. */
      readonly text: string;
      /** Number of events. */
      readonly count: number;
      readonly all: boolean;
      readonly source: string;
      readonly builtin: boolean;
      readonly again: boolean;
    }
  | {
      readonly kind: 'control';
      readonly request: number;
      readonly record: ControlRecord;
      readonly source: string;
      readonly destroys?: Destroys;
      readonly again: boolean;
    };

/** A request of the round that is being sealed. */
export type OpenWork = Work & { readonly events: readonly unknown[] };

/** Parses the events of a request for the round at hand. */
export function openWork(work: Work): OpenWork {
  return { ...work, events: work.kind === 'events' ? (JSON.parse(work.text) as unknown[]) : [] };
}

/** Events of a request. */
export function eventsIn(work: Work): number {
  return work.kind === 'events' ? work.count : 1;
}

/** Handles that go once their `retention` entry is durable, and the request that is told how many there were. */
interface Destroys {
  readonly request: number;
  readonly numbers: readonly Uint8Array[];
}

/** One refused event of a request. */
interface Refusal {
  readonly position: number;
  readonly code: string;
  readonly problems: readonly Problem[];
}

/** What a round of sealing produced. */
export interface Sealed {
  /** Undefined when nothing is left to append. */
  readonly batch: SealedBatch | undefined;
  readonly refusals: readonly { readonly request: number; readonly refusals: readonly Refusal[] }[];
  /** Requests with at least one row in the batch. */
  readonly requests: readonly number[];
}

/** Bytes to begin with for each event of a round: most entries are shorter. */
const ENTRY_ROOM = 1024;

/**
 * Seals requests. Their handles are durable when the caller has ended the round with `tools.handles.commit()`, which comes before
 * the batch goes anywhere.
 *
 * @throws what the vault's file throws; nothing is then kept
 */
export function sealRound(
  tools: SealTools,
  register: CompiledRegister,
  work: readonly OpenWork[],
  known: number,
): Sealed {
  const events = work.reduce((sum, item) => sum + eventsIn(item), 0);
  const columns = new BatchColumns(tools.memory.take(ENTRY_ROOM * events));
  const refusals: { request: number; refusals: Refusal[] }[] = [];
  const requests: number[] = [];
  tools.handles.begin();
  try {
    for (const item of work) {
      const before = columns.size;
      const refused = sealWork(tools, register, item, columns);
      if (refused.length > 0) refusals.push({ request: item.request, refusals: refused });
      if (columns.size > before) requests.push(item.request);
    }
  } catch (error) {
    tools.handles.rollback();
    throw error;
  }
  return { batch: columns.size === 0 ? undefined : columns.batch(known), refusals, requests };
}

function sealWork(
  tools: SealTools,
  register: CompiledRegister,
  work: OpenWork,
  columns: BatchColumns,
): Refusal[] {
  if (work.kind === 'control') {
    const row = attempt(() => prepareControl(tools, work.record, work));
    if ('code' in row) return [{ position: 0, ...row }];
    columns.add(work.request, 0, row, false);
    return [];
  }
  const checked = work.events.map((event) =>
    validateEvent(register, event, work.builtin ? register.builtin : register.activities),
  );
  const refusals = checked.flatMap((c, position) => (isProblems(c) ? [invalid(position, c)] : []));
  if (work.all && refusals.length > 0) return refusals;
  const before = columns.mark();
  checked.forEach((event, position) => {
    if (isProblems(event)) return;
    const row = attempt(() => prepareEvent(tools, event, work.events[position], work));
    if ('code' in row) refusals.push({ position, ...row });
    else columns.add(work.request, position, row, work.all);
  });
  if (work.all && refusals.length > 0) columns.cut(before);
  return refusals;
}

/** Errors that the event itself causes become its refusal; all others are the round's. */
function attempt(prepare: () => SealedRow | readonly Problem[]): SealedRow | Omit<Refusal, 'position'> {
  try {
    const row = prepare();
    return isProblems(row) ? { code: 'EVENT_INVALID', problems: row } : row;
  } catch (error) {
    if (error instanceof ZegelError && error.name === 'EntryError')
      return { code: error.code, problems: [{ path: '', message: error.message }] };
    throw error;
  }
}

function isProblems(value: NormalizedEvent | SealedRow | readonly Problem[]): value is readonly Problem[] {
  return Array.isArray(value);
}

function invalid(position: number, problems: readonly Problem[]): Refusal {
  return { position, code: 'EVENT_INVALID', problems };
}
