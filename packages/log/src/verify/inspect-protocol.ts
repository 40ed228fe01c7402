import type { Finding, HeadDuty, Inspected } from '@zegel/core';
import type { Location } from '../location.ts';
import type { TableAsked, TableSum } from './id-table.ts';

/** Driver → inspecting worker. */
export type InspectRequest =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'duties'; readonly duties: readonly HeadDuty[] }
  | ({ readonly kind: 'ids' } & TableAsked)
  /** A slice was taken in: one more may come. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'close' };

/** Part of the answer to a range. */
export interface Slice {
  readonly kind: 'slice';
  readonly items: readonly Inspected[];
  /** Entries in `items`. */
  readonly count: number;
  /** What is wrong with the store's container, and indexes that do not follow each other. */
  readonly damages: readonly Finding[];
  readonly end: boolean;
}

/** Who inspects ranges and checks signatures for the driver: threads, or the driver's own for a small log. */
export interface Inspecting {
  /** Slices of `ranges` in order. */
  slices(ranges: Iterator<readonly [from: number, to: number]>): AsyncGenerator<Slice>;
  /** Has signatures of heads checked; findings are reported. */
  check(duties: readonly HeadDuty[]): void;
  /** Has the store's id table summed up. */
  sumTable(asked: TableAsked): Promise<TableSum>;
  /** Resolves when all signatures are checked. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Inspecting worker → driver. */
export type InspectAnswer =
  | Slice
  | { readonly kind: 'duties'; readonly findings: readonly Finding[] }
  | { readonly kind: 'ids'; readonly table: TableSum }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** How an inspecting worker is started. */
export interface InspectSetup {
  readonly location: Location;
  /** The verifier key that the log is held to. */
  readonly vkey: string | undefined;
}
