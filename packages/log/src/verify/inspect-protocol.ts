import type { Finding, HeadDuty, PackedInspections } from '@zegel/core';
import type { TableSum } from './id-table.ts';

/** Driver → inspecting worker. */
export type InspectRequest =
  /** Entries `from` to `to`, `from` a multiple of 256. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'duties'; readonly duties: readonly HeadDuty[] }
  | { readonly kind: 'ids'; readonly key: Uint8Array; readonly pruned: readonly (readonly [number, number])[] }
  /** A slice was taken in: one more may come. */
  | { readonly kind: 'taken' }
  | { readonly kind: 'close' };

/** Part of the answer to a range. */
export interface Slice {
  readonly kind: 'slice';
  readonly items: PackedInspections;
  /** Index that the store gives the first of them. */
  readonly first: number;
  /** What is wrong with the store's container, and indexes that do not follow each other. */
  readonly damages: readonly Finding[];
  /** Roots of 256 leaves each, 32 bytes, for the groups completed in this slice. */
  readonly subtrees: Uint8Array;
  readonly end: boolean;
}

/** Inspecting worker → driver. */
export type InspectAnswer =
  | Slice
  | { readonly kind: 'duties'; readonly findings: readonly Finding[] }
  | { readonly kind: 'ids'; readonly table: TableSum }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** How an inspecting worker is started. */
export interface InspectSetup {
  readonly dir: string;
  readonly store: string;
}
