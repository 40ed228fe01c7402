/**
 * A Zegel log in an S3 bucket under Object Lock.
 *
 * @module
 */
export { StoreError } from './store-error.ts';
