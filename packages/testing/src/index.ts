/**
 * For the tests of services that use Zegel.
 *
 * @module
 */
export { type TestAccess, type TestFailure, type TestLog, testLog, type TestLogOptions } from './test-log.ts';
