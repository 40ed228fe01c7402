/**
 * For the tests of services that use Zegel.
 *
 * @module
 */
export { assertAllRoutesAudited, type RouteExceptions } from './assert-routes.ts';
export { type TestAccess, type TestFailure, type TestLog, testLog, type TestLogOptions } from './test-log.ts';
