import type { StoredToken } from './access/access-file.ts';

/** What the middleware has put beside a request. */
export interface Env {
  readonly Variables: {
    /** The token that the request was sent with. */
    token: StoredToken;
  };
}
