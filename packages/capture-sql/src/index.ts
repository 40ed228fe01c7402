/**
 * Tells the current context whose personal data a statement read or changed, at the driver.
 *
 * @module
 */
export type { ExpressionMeaning, Expressions } from './expressions.ts';
export type { CaptureSqlOptions } from './options.ts';
export { capturePg, type PgTarget } from './pg/capture-pg.ts';
export { captureSqlite, type SqliteTarget } from './sqlite/capture-sqlite.ts';
export { withoutCapture } from './without-capture.ts';
