import type { AccessFile } from './access/access-file.ts';
import type { Entrance } from './access/entrance.ts';
import type { Sessions } from './access/sessions.ts';
import type { TokenCheck } from './access/token-check.ts';
import type { Checks } from './checks/checks.ts';
import type { Integrity } from './checks/integrity.ts';
import type { Assets } from './http/assets.ts';
import type { SessionCookie } from './http/session-cookie.ts';
import type { LogKeeper } from './logs/log-keeper.ts';
import type { Searching } from './logs/searching.ts';

/** What the routes work with. */
export interface Services {
  readonly logs: LogKeeper;
  readonly searching: Searching;
  readonly access: AccessFile;
  readonly tokens: TokenCheck;
  readonly sessions: Sessions;
  readonly cookie: SessionCookie;
  readonly entrance: Entrance;
  readonly checks: Checks;
  /** The same checks in detail. */
  readonly integrity: Integrity;
  readonly assets: Assets;
  /** Aborts when the server stops, for what would not end by itself. */
  readonly stopping?: AbortSignal;
  /** Days after which something to follow up is overdue. Default 30. */
  readonly overdueDays?: number | undefined;
  /** ms since 1970. */
  readonly now: () => number;
  /** Is told of what the operator should know, one line each. No persons in it. */
  readonly onProblem: (text: string) => void;
}
