/**
 * What a client's thread and its worker say to each other.
 *
 * @module
 */
import type { Receipt, Refusal } from '@zegel/log';
import type { ClientErrorCode } from './errors.ts';

/** What is kept and sent in one piece: an event, a list of events that go together, or a gap. */
export interface Line {
  readonly kind: 'events' | 'gap';
  /** JSON, in one line. */
  readonly text: string;
  /** Events in it; 1 for a gap. */
  readonly count: number;
}

/** A line with its place in the outbox: 1, 2, … and never one twice. */
export interface KeptLine extends Line {
  readonly seq: number;
}

/** What became of an event. */
export type Answer = Receipt | Refusal;

/** A line that the log refused, as it is kept. */
export interface RefusedLine {
  readonly seq: number;
  /** When: `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly at: string;
  readonly kind: Line['kind'];
  /** The JSON that was refused: persons in clear. */
  readonly text: string;
  readonly refusal: Refusal;
}

/** Something that keeps events from leaving; they stay in the outbox. */
export interface ClientProblem {
  readonly code: ClientErrorCode;
  readonly message: string;
}

/** How the worker works. */
export interface WorkerSetup {
  readonly url: string;
  readonly token: string;
  readonly source: string | undefined;
  /** Absolute path. */
  readonly outbox: string;
  /** Milliseconds that a request may take. */
  readonly timeout: number;
  /** Milliseconds between tries: from the first to the longest. */
  readonly retry: { readonly first: number; readonly longest: number };
}

/** Client → worker. */
export type ToWorker =
  | { readonly kind: 'append'; readonly request: number; readonly lines: readonly Line[] }
  | { readonly kind: 'refused'; readonly request: number }
  | { readonly kind: 'discard'; readonly request: number; readonly seq: number }
  /** Send from now on. */
  | { readonly kind: 'start' }
  /** Try now, whatever the back-off says. */
  | { readonly kind: 'hurry' }
  | { readonly kind: 'close' };

/** Worker → client. */
export type FromWorker =
  /** `pending`: events that an earlier process left; `last`: the newest place in use. */
  | { readonly kind: 'ready'; readonly pending: number; readonly last: number }
  | { readonly kind: 'broken'; readonly code: ClientErrorCode; readonly message: string }
  /** All lines of a request are durable, in places from `first` on. */
  | { readonly kind: 'kept'; readonly request: number; readonly first: number }
  | {
      readonly kind: 'failed';
      readonly request: number;
      readonly code: ClientErrorCode;
      readonly message: string;
    }
  | { readonly kind: 'list'; readonly request: number; readonly refused: readonly RefusedLine[] }
  /** Lines that are no longer in the outbox, and their answers per event. */
  | {
      readonly kind: 'settled';
      readonly lines: readonly { readonly seq: number; readonly answers: readonly Answer[] }[];
      readonly refused: readonly RefusedLine[];
    }
  /** `undefined`: it is over. */
  | { readonly kind: 'problem'; readonly problem: ClientProblem | undefined }
  | { readonly kind: 'closed' };
