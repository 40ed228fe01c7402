/**
 * No personal data out of a Fastify app without an entry.
 *
 * @module
 */

export type { Actor, Person } from '@zegel/capture';
export { type Capture, CaptureError, type CaptureOptions, DeniedError } from '@zegel/capture';
export type { AuditedOptions, AuditOptions } from '@zegel/node/adapter';
export { capture, type FastifyCapture, type RouteHooks, type RouteRequest, unaudited } from './fastify.ts';
