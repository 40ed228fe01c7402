import { parseTime } from '../entry/time.ts';
import type { ControlInspection } from './inspection.ts';
import { checkGenesis, checkRotation } from './keys.ts';
import { checkCover, checkHold } from './pruning.ts';
import { checkRegister } from './register.ts';
import type { CheckerState } from './state.ts';
import type { Tell } from './tell.ts';

/** What a control entry means for those that follow; `complete` is whether an event ends with it. */
export function applyControl(
  state: CheckerState,
  entry: ControlInspection['entry'],
  index: number,
  complete: boolean,
  tell: Tell,
): void {
  const { keys, register, pruning } = state;
  switch (entry.kind) {
    case 'genesis':
      checkGenesis(keys, entry, index, tell);
      break;
    case 'register':
      checkRegister(register, entry, index, complete, tell);
      break;
    case 'retention':
      checkCover(pruning, entry, index, tell);
      break;
    case 'hold':
      if ((entry.part?.number ?? 1) === 1) checkHold(pruning, entry, index);
      break;
    case 'key':
      checkRotation(keys, entry, index, tell);
      break;
    case 'heartbeat':
      state.deadline = parseTime(entry.next);
      break;
    case 'lifecycle':
    case 'correction':
    case 'erasure':
    case 'confidentiality':
    case 'review':
    case 'gap':
    case 'clock':
      break;
    default:
      entry satisfies never;
  }
}
