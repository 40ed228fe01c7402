import { randomFillSync } from 'node:crypto';
import type { EventTrace } from '@zegel/log';

const HEADER = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-|$)/;
/** Bytes of a version 00 header, which has nothing after its flags (W3C Trace Context §3.2.2). */
const LENGTH = 55;
const LONGEST = 512;
const ZERO = /^0+$/;

/**
 * Reads a `traceparent` header (W3C Trace Context §3.2). A later version is read by its first four fields; anything
 * malformed is no trace at all, as the standard has it.
 */
export function parseTraceparent(header: string | undefined): EventTrace | undefined {
  if (header === undefined || header.length > LONGEST) return undefined;
  const [, version, trace = '', span = ''] = HEADER.exec(header) ?? [];
  if (version === undefined || version === 'ff') return undefined;
  if (version === '00' && header.length !== LENGTH) return undefined;
  return ZERO.test(trace) || ZERO.test(span) ? undefined : { trace, span };
}

/** Writes a `traceparent` header of version 00, flagged as recorded. */
export function formatTraceparent({ trace, span }: EventTrace): string {
  return `00-${trace}-${span}-01`;
}

const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const BOTH = TRACE_BYTES + SPAN_BYTES;

/** Random bytes for many identifiers: one call costs as much as a hundred times as many bytes. */
const pool: Buffer = Buffer.alloc(256 * BOTH);
let used: number = pool.length;

/** New random identifiers. */
export function newTrace(): EventTrace {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const hex = pool.toString('hex', used, used + BOTH);
  used += BOTH;
  const trace = { trace: hex.slice(0, 2 * TRACE_BYTES), span: hex.slice(2 * TRACE_BYTES) };
  // Zeros alone mean no trace; one in 2^64 draws has them.
  return ZERO.test(trace.trace) || ZERO.test(trace.span) ? newTrace() : trace;
}
