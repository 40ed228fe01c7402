/**
 * A Zegel log over HTTP: the collector of events, and who may send them.
 *
 * @module
 */
export { AccessError, type AccessErrorCode } from './access/access-error.ts';
export { AccessFile, type StoredToken } from './access/access-file.ts';
export { type Role, ROLES } from './access/permissions.ts';
export { type Scope, SCOPES } from './access/token.ts';
export { loginState, type LoginState, type User } from './access/user.ts';
export type { NewLogin } from './access/users.ts';
export { CheckError, type CheckErrorCode } from './checks/check-error.ts';
export type { HttpErrorCode } from './http/http-error.ts';
export type { Tls } from './http/listen.ts';
export type { RefusedEvent } from './http/refusals.ts';
export { ServeError, type ServeErrorCode } from './http/serve-error.ts';
export { type CheckSettings, serve, type ServeOptions, type Serving } from './main.ts';
