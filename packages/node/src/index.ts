/**
 * No personal data out of a `node:http` server without an entry.
 *
 * @module
 */

export type { Actor, Person } from '@zegel/capture';
export { type Capture, CaptureError, type CaptureOptions, DeniedError } from '@zegel/capture';
export { capture, type HttpCapture, type HttpHandler, type RouteOptions, unaudited } from './http.ts';
export type { AuditOptions } from './options.ts';
