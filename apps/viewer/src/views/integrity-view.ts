import type { Context } from 'hono';
import type { HeadPoint } from '../checks/heads-over-time.ts';
import type { CheckRecord, IntegrityState } from '../checks/integrity-state.ts';
import type { Env } from '../env.ts';
import type { Language } from '../http/preferences.ts';
import type { IntegrityWords } from '../texts/integrity-words.ts';

/** What the integrity page shows. */
export interface IntegrityView {
  readonly details: IntegrityState;
  /** Newest first. */
  readonly history: readonly CheckRecord[];
  readonly heads: readonly HeadPoint[];
  /** Entries in the log now. */
  readonly size: number;
  /** IANA name. */
  readonly zone: string;
  /** Whether who looks may have everything checked. */
  readonly mayVerify: boolean;
}

/** What every part of the page is given. */
export interface IntegrityProps {
  readonly c: Context<Env>;
  readonly view: IntegrityView;
  readonly words: IntegrityWords;
  readonly language: Language;
}
