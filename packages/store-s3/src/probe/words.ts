/** What a look at the buckets found, sentence by sentence. */
export interface Words {
  /** What makes the place unfit, and what would mend it. */
  readonly missing: string[];
  /** What else whoever starts a log should know. */
  readonly notes: string[];
}

/** Nothing found yet. */
export function noWords(): Words {
  return { missing: [], notes: [] };
}
