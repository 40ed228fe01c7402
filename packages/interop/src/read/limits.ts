import { MAX_JSON_DEPTH } from '@zegel/core';

/** How much of an untrusted file is taken into memory. */
export interface ReadLimits {
  /** Bytes of a JSON document, which is read whole. Default 256 MiB. */
  readonly documentBytes: number;
  /** Bytes of one line of NDJSON. Default 16 MiB. */
  readonly lineBytes: number;
  /** Nesting of lists and objects. Default: what canonical JSON allows. */
  readonly depth: number;
  /** How many times its size gzip may unfold to, once that is more than `documentBytes`. Default 200. */
  readonly expansion: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_LIMITS: ReadLimits = Object.freeze({
  documentBytes: 256 * MEBIBYTE,
  lineBytes: 16 * MEBIBYTE,
  depth: MAX_JSON_DEPTH,
  expansion: 200,
});

/** `16 MiB`, or bytes where it is no whole number of MiB. */
export function sizeText(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB` : `${bytes} bytes`;
}
