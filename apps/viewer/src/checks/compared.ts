import type { Compared } from './integrity-state.ts';
import type { LogChecksOptions } from './log-checks-options.ts';
import type { Memory } from './memory.ts';

/** What a check that begins now compares the log with. */
export function comparedWith(
  { pin, history, hasHeads }: Memory,
  { vkey, held = [] }: Pick<LogChecksOptions, 'vkey' | 'held'>,
): Compared {
  return {
    vkey: vkey !== undefined ? 'given' : pin === undefined ? 'none' : 'remembered',
    given: held.map(({ from }) => from),
    remembered: hasHeads ? history.last(({ result }) => result === 'good')?.size : undefined,
    since: pin?.since,
  };
}
