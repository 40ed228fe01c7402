/**
 * A Zegel log in one SQLite file.
 *
 * @module
 */
export { openStore } from './open-store.ts';
export { StoreError } from './store-error.ts';
