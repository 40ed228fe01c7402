import { checkLog, type LogQuestion } from '../check-log.ts';
import { type Found, inOrder, type LogFile } from '../log-file.ts';
import { chainOf, logOf, ORIGIN, type Step } from '../maker.ts';
import { demand, type NamedVector } from './vector.ts';

/** What is to be found, written short: `code@index`, or `code` where no entry is concerned. */
export type Short = string;

function foundOf(text: Short): Found {
  const [code = '', index] = text.split('@');
  return index === undefined ? { code } : { code, index: Number(index) };
}

/** A log put to verification, and everything that must be found in it. */
export function verified(
  path: string,
  desc: string,
  question: LogQuestion,
  want: readonly Short[],
): NamedVector {
  const findings = inOrder(want.map(foundOf));
  demand(path, findings, checkLog(question));
  return [path, { desc, op: 'verify-log', ...question, want: { findings } }];
}

/** Steps chained, signed once over all of them. */
export function signedOnce(steps: readonly Step[]): LogFile {
  return logOf(chainOf(steps), steps.length === 0 ? [] : [steps.length]);
}

/** A log whose own writer, holding its key, made it wrong: chain, tree and signature fit. */
export function madeWrong(
  path: string,
  desc: string,
  steps: readonly Step[],
  want: readonly Short[],
): NamedVector {
  return verified(path, desc, { log: signedOnce(steps), origin: ORIGIN }, want);
}

/** Steps with the one at an index replaced. */
export function replaced(steps: readonly Step[], at: number, change: (step: Step) => Step): readonly Step[] {
  return steps.map((step, i) => (i === at ? change(step) : step));
}

/** The step with some fields replaced. */
export function fields(more: Step['fields']): (step: Step) => Step {
  return (step) => ({ ...step, fields: { ...step.fields, ...more } });
}

/** The step with what the chain gives replaced. */
export function chained(chain: NonNullable<Step['chain']>): (step: Step) => Step {
  return (step) => ({ ...step, chain: { ...step.chain, ...chain } });
}
