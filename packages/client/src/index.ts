/**
 * Sends access events to a Zegel collector from another process, with a durable outbox.
 *
 * @module
 */
export type { Client, Gap, Left, WaitOptions } from './client.ts';
export { ClientError, type ClientErrorCode } from './errors.ts';
export { openClient } from './open-client.ts';
export type { ClientOptions } from './options.ts';
export type { ClientProblem, RefusedLine } from './protocol.ts';
