import {
  CaptureError,
  type CaptureCore,
  type CaptureErrorCode,
  type Person,
  type Policy,
  type RequestContext,
} from '@zegel/capture';
import { compileDataMap, type DataMap } from './data-map.ts';
import { compileExpressions, type MeaningOf } from './expressions.ts';
import type { CaptureSqlOptions } from './options.ts';
import { type Found, type Keys, personsOfRows, type Row } from './persons-of-rows.ts';
import type { ResultPlan } from './result-plan.ts';
import { reasonWithout } from './without-capture.ts';
import { type Parameters, personsOfValues, type WritePlan } from './write-plan.ts';

/** What is planned to be told of one statement. */
export interface StatementPlan {
  readonly operation: string;
  readonly result: ResultPlan | undefined;
  readonly writes: readonly WritePlan[];
}

/** Whether there is anything to tell. */
export function isPersonal({ result, writes }: StatementPlan): boolean {
  return (
    writes.length > 0 || (result !== undefined && (result.fields.length > 0 || result.unknown.length > 0))
  );
}

/** The context that code runs in, or the reason for which it runs without. */
export interface Here {
  readonly reason: string | undefined;
  readonly context: RequestContext | undefined;
}

/** Stands between a captured driver and the context that its statements run in. */
export class Gate {
  readonly map: DataMap;
  readonly meaningOf: MeaningOf;
  readonly #capture: CaptureCore;
  readonly #policy: Policy;

  constructor({ capture, expressions = {}, policy = 'strict' }: CaptureSqlOptions) {
    const { document } = capture.register;
    this.map = compileDataMap(document);
    this.meaningOf = compileExpressions(expressions, document);
    this.#capture = capture;
    this.#policy = policy;
  }

  /** Where this code runs, for a statement whose result comes when it runs no longer. */
  here(): Here {
    return { reason: reasonWithout(), context: this.#capture.current() };
  }

  /**
   * The context to tell. Undefined where capture was put aside for a reason, or where there is no
   * context and that is only reported.
   *
   * @throws CaptureError `NO_CONTEXT`
   */
  enter(operation: string, { reason, context }: Here = this.here()): RequestContext | undefined {
    if (reason !== undefined) return this.#flag(`${operation} ran without capture: ${reason}`);
    if (context !== undefined) return context;
    if (this.#policy === 'available') return this.#flag(`${operation} ran outside any context`);
    throw new CaptureError('NO_CONTEXT', `${operation} touches personal data outside any context`);
  }

  /**
   * Tells of changes whose persons the statement itself names, before it runs, and refuses those of
   * which neither it nor its rows will name any.
   *
   * @throws CaptureError
   */
  beforeWrites(context: RequestContext, plan: StatementPlan, parameters: Parameters, rows: boolean): void {
    for (const write of plan.writes) {
      if (waitsForRows(write) && rows) continue;
      const persons = personsOfValues(write, parameters);
      observeWrite(context, plan.operation, write.fields, persons ?? []);
      if (persons === undefined)
        unknown(context, plan.operation, 'BULK_UNKNOWN', 'nothing in it says whose data it changes');
    }
  }

  /** Tells of changes that were to name their persons in the rows they returned, and did not. @throws CaptureError */
  lost(context: RequestContext, plan: StatementPlan): void {
    unknown(context, plan.operation, 'BULK_UNKNOWN', 'nothing in its rows says whose data it changed');
  }

  /** Tells of rows before they are handed on. @throws CaptureError */
  rows(context: RequestContext, plan: StatementPlan, rows: readonly Row[], keys: Keys): void {
    const { result, operation } = plan;
    if (result === undefined) return;
    for (const write of plan.writes) {
      if (waitsForRows(write)) writtenRows(context, operation, write, rows, keys);
    }
    if (result.fields.length === 0 && result.unknown.length === 0) return;
    this.#read(context, operation, result, personsOfRows(result, rows, keys));
  }

  /** Everything is handed out at once. @throws CaptureError `SUBJECT_UNKNOWN`, unless capture was put aside */
  whole(what: string): void {
    const reason = reasonWithout();
    if (reason !== undefined) return this.#flag(`${what} was made without capture: ${reason}`);
    throw new CaptureError('SUBJECT_UNKNOWN', `${what} holds everybody's data: make it in withoutCapture`);
  }

  #read(context: RequestContext, operation: string, result: ResultPlan, { persons, nobody }: Found): void {
    context.observe({ persons, fields: result.fields, operation });
    if (result.unknown.length > 0) {
      unknown(context, operation, 'UNDECLARED', `nobody declared what ${result.unknown.join(', ')} holds`);
    }
    if (nobody) {
      const whose = result.nobody.join(', ') || 'a row';
      unknown(context, operation, 'SUBJECT_UNKNOWN', `its result does not say whose the data of ${whose} is`);
    }
  }

  #flag(message: string): undefined {
    this.#capture.report({ kind: 'flagged', activity: undefined, message });
  }
}

/** Whether only the rows that a change returns say whom it touched. */
export function waitsForRows({ ids, returned }: WritePlan): boolean {
  return ids === undefined && returned !== undefined;
}

function writtenRows(
  context: RequestContext,
  operation: string,
  { type, fields, returned = [] }: WritePlan,
  rows: readonly Row[],
  keys: Keys,
): void {
  if (type === undefined || rows.length === 0) return;
  const group = { type, persons: returned, data: returned };
  const { persons } = personsOfRows({ groups: [group], nobody: [] }, rows, keys);
  observeWrite(context, operation, fields, persons);
}

function observeWrite(
  context: RequestContext,
  operation: string,
  fields: readonly string[],
  persons: readonly Person[],
): void {
  context.observe({ persons, fields, operation, write: true });
}

/** Tells of something that nobody can tell. Under `strict` the context refuses; the reason is told in its place. */
function unknown(context: RequestContext, operation: string, code: CaptureErrorCode, why: string): void {
  try {
    context.observe({ persons: [], fields: [], operation, unknown: true });
  } catch (cause) {
    if (!(cause instanceof CaptureError) || cause.activity === undefined) throw cause;
    throw new CaptureError(code, `${operation}: ${why}`, { cause, activity: cause.activity });
  }
}
