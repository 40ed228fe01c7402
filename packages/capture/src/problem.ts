/** Something that went otherwise than declared, for the operator. It names no person. */
export interface CaptureProblem {
  /**
   * `flagged`: an entry carries a flag · `undeclared`: more was read than declared · `gap`: an access went unlogged and was
   * counted · `uncounted`: it could not even be counted durably · `late`: an entry became durable after it was given up ·
   * `unlogged`: a second entry could not be appended.
   */
  readonly kind: 'flagged' | 'undeclared' | 'gap' | 'uncounted' | 'late' | 'unlogged';
  readonly activity: string | undefined;
  /** Plain English. */
  readonly message: string;
  /** What was underneath. */
  readonly cause?: unknown;
}

/** Is told of problems. It must not throw; what it throws is ignored. */
export type OnProblem = (problem: CaptureProblem) => void;

/** A kind of problem with an activity is warned of once in so many milliseconds. */
const EVERY = 10_000;

/** Warns through the process, not more often than a reader can follow. */
export function warn(): OnProblem {
  const last = new Map<string, number>();
  return ({ kind, activity = '', message }) => {
    const now = Date.now();
    const key = `${kind} ${activity}`;
    if (now - (last.get(key) ?? -EVERY) < EVERY) return;
    last.set(key, now);
    process.emitWarning(activity === '' ? message : `${message} (activity ${activity})`, {
      type: 'ZegelWarning',
      code: `ZEGEL_${kind.toUpperCase()}`,
    });
  };
}

/** The same reporter, which never throws. */
export function quietly(report: OnProblem): OnProblem {
  return (problem) => {
    try {
      report(problem);
    } catch {
      // Who watches must not be able to stop an access, nor to let one through.
    }
  };
}
