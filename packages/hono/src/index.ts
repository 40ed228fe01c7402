/**
 * No personal data out of a Hono app without an entry.
 *
 * @module
 */

export type { Actor, Person } from '@zegel/capture';
export { type Capture, CaptureError, type CaptureOptions, DeniedError } from '@zegel/capture';
export type { AuditedOptions, AuditOptions } from '@zegel/node/adapter';
export { capture, type HonoCapture, type RouteContext, unaudited } from './hono.ts';
