import type { QueryResult } from 'pg';
import { isPersonal, type Here, type StatementPlan, waitsForRows } from '../gate.ts';
import type { Row } from '../persons-of-rows.ts';
import type { TextFacts } from '../sql/facts.ts';
import { planBefore } from './analysis.ts';
import type { Catalogue } from './catalogue.ts';
import type { Ask, Source } from './source.ts';

/** One query on its way. */
export interface Running {
  readonly source: Source;
  readonly sql: string;
  readonly isArray: boolean;
  readonly here: Here;
  readonly ask: Ask;
}

/** Takes changes to the context before they are sent. @throws CaptureError */
export function beforeQuery(source: Source, sql: string, values: readonly unknown[], here: Here): void {
  for (const facts of source.facts(sql)) {
    const plan = planBefore(facts);
    if (!isPersonal(plan)) continue;
    const context = source.gate.enter(plan.operation, here);
    if (context !== undefined)
      source.gate.beforeWrites(context, plan, { positions: values, names: {} }, true);
  }
}

/** Takes results to the context before they are handed on: at once, unless the catalogue has to be read. @throws CaptureError */
export function afterQuery<T>(running: Running, result: T): T | Promise<T> {
  const results = resultsOf(result);
  const { source, sql, ask } = running;
  source.ran(source.facts(sql));
  if (results.every(({ fields }) => fields.length === 0) && !changesAnything(source.facts(sql)))
    return result;
  const catalogue = source.fits(results);
  if (catalogue !== undefined) {
    observeAll(running, catalogue, results);
    return result;
  }
  return source.load(ask).then((read) => {
    observeAll(running, read, results);
    return result;
  });
}

function changesAnything(facts: readonly TextFacts[]): boolean {
  return facts.some(({ writes }) => writes.length > 0);
}

function observeAll(running: Running, catalogue: Catalogue, results: readonly QueryResult[]): void {
  for (const [at, { fields, rows }] of results.entries()) {
    const plan = running.source.plan(running.sql, at, catalogue, fields, running.isArray);
    observeRows(
      running,
      plan,
      rows as readonly Row[],
      fields.map(({ name }) => name),
    );
  }
}

/** Takes rows of one statement to the context. @throws CaptureError */
export function observeRows(
  { source, isArray, here }: Running,
  plan: StatementPlan,
  rows: readonly Row[],
  names: readonly string[],
): void {
  if (!isPersonal(plan)) return;
  const context = source.gate.enter(plan.operation, here);
  if (context === undefined) return;
  source.gate.rows(context, plan, rows, isArray ? [] : names);
  const told = plan.writes.every((write) => write.ids !== undefined || waitsForRows(write));
  if (!told && rows.length > 0) source.gate.lost(context, plan);
}

function resultsOf(result: unknown): readonly QueryResult[] {
  return (Array.isArray(result) ? result : [result]) as readonly QueryResult[];
}
