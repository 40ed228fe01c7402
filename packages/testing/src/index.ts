/**
 * For the tests of services that use Zegel.
 *
 * @module
 */
export { assertAllRoutesAudited, type RouteExceptions } from './assert-routes.ts';
export { type TestAccess, type TestFailure, type TestLog, type TestLogOptions, testLog } from './test-log.ts';
