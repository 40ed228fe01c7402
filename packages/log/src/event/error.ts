import { ZegelError } from '@zegel/core';
import { type Problem, summarize } from './problem.ts';

/**
 * An event that does not keep to the register or to its own shape. `problems` lists everything
 * that is wrong with it; `position` is its place in the batch, from 0, where there was one.
 */
export class EventError extends ZegelError {
  override readonly name = 'EventError';
  readonly code = 'EVENT_INVALID' as const;
  readonly problems: readonly Problem[];
  readonly position: number | undefined;

  constructor(problems: readonly Problem[], position?: number) {
    super(`event${position === undefined ? '' : ` ${position}`} refused: ${summarize(problems)}`);
    this.problems = problems;
    this.position = position;
  }
}
