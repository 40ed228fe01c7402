/**
 * The derived index of a Zegel log and its query language. The index is made from the log and the vault alone, can be
 * dropped at any time, and is never believed: results are shown from the log (format v1 §6).
 *
 * @module
 */

// Query language
export type {
  AgoValue,
  Clause,
  DayValue,
  IndexValue,
  InstantValue,
  KeyValue,
  PersonValue,
  QualifierClause,
  Query,
  Span,
  TokenValue,
  Value,
  WordClause,
} from './query/ast.ts';
export { formatQuery } from './query/format.ts';
export { MAX_QUERY_LENGTH, parseQuery } from './query/parse.ts';
export { namesPerson, tokenOf, type TokenVault, tokenized } from './query/person-token.ts';
export {
  type Condition,
  type PersonPlace,
  type PersonTest,
  type Plan,
  type PlanOptions,
  planQuery,
  type Test,
} from './query/plan.ts';
export { QUALIFIERS } from './query/qualifiers.ts';
export { QueryError } from './query/query-error.ts';
export type { QueryReason } from './query/query-reason.ts';
export { queryShape } from './query/shape.ts';
export { dayStart } from './query/zone.ts';

// Completion
export { type Completion, type CompletionContext, complete, type Replacement } from './complete/complete.ts';

// Index
export { type CompareOptions, type Comparison, compareIndex } from './compare/compare-index.ts';
export { indexVault } from './index-vault.ts';
export type { LogSource } from './log-port.ts';
export { type OpenIndexOptions, openIndex } from './open-index.ts';
export type { Basis } from './search/basis.ts';
export type { Step } from './search/calendar.ts';
export type { Facet, FacetName, Facets, FacetValue } from './search/facets.ts';
export type { Fetched } from './search/fetch.ts';
export { type HitIndex, type HitRange, hitsUpward, within } from './search/hits-upward.ts';
export type { Bar, Histogram } from './search/histogram.ts';
export type { Page } from './search/page.ts';
export type { ActivityNames } from './search/resolve.ts';
export type { IndexStats } from './search/stats.ts';
export type { Asked, PageOptions, SearchIndex } from './search-index.ts';
export type { Attribute } from './segment/attributes.ts';
export { type RunningIndexer, startIndexer } from './start-indexer.ts';
export { IndexError, type IndexErrorCode } from './store/index-error.ts';
export type { IndexVault, TraceBox } from './vault-port.ts';
