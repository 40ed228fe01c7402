import type { Session } from './access/sessions.ts';
import type { StoredToken } from './access/access-file.ts';
import type { Language, Theme } from './http/preferences.ts';

/** Somebody who is signed in, as the routes see them. */
export interface Viewer {
  readonly name: string;
  readonly session: Session;
}

/** What the middleware has put beside a request. */
export interface Env {
  readonly Variables: {
    /** The token that the request was sent with. */
    token: StoredToken;
    viewer: Viewer;
    language: Language;
    theme: Theme;
  };
}
