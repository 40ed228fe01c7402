/**
 * No personal data out of an Express app without an entry.
 *
 * @module
 */

export type { Actor, Person } from '@zegel/capture';
export { type Capture, CaptureError, type CaptureOptions, DeniedError } from '@zegel/capture';
export type { AuditedOptions, AuditOptions } from '@zegel/node/adapter';
export {
  capture,
  type ExpressCapture,
  type Middleware,
  problems,
  type RouteRequest,
  unaudited,
} from './express.ts';
