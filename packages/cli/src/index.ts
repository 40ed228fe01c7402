/**
 * The `zegel` command as a function, for tests and for whoever embeds it. The command itself is `bin.ts`.
 *
 * @module
 */
export type { Io } from './run/io.ts';
export { main } from './main.ts';
