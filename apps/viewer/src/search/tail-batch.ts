import type { Person } from '@zegel/reading';
import { formatQuery, type Query } from '@zegel/search';
import type { Language } from '../http/preferences.ts';
import type { Services } from '../services.ts';
import { type RowFinding, rowsOf } from './find-page.ts';
import type { Row } from './row.ts';

/** The operation under which a tail is itself an entry. */
export const TAIL_OPERATION = 'viewer.tail';
/** Rows of a batch; of more the newest. */
const MOST = 50;

/** What has come since an entry. */
export interface Batch {
  readonly rows: readonly Row[];
  readonly persons: readonly Person[];
  readonly findings: readonly RowFinding[];
  /** Hits that are left out for their number. */
  readonly skipped: number;
  /** Everything up to this index has been looked at. */
  readonly last: number;
}

/**
 * What has come above an entry and meets a query. Entries of tails are never among it: each batch is one, and would call
 * for the next.
 */
export async function nextBatch(
  services: Services,
  query: Query,
  after: number,
  language: Language,
): Promise<Batch> {
  const text = `${formatQuery(query)} -operation:${TAIL_OPERATION}`;
  return services.searching.use(async (searched): Promise<Batch> => {
    const { log, index, covered } = searched;
    const none = { rows: [], persons: [], findings: [], skipped: 0, last: Math.max(after, covered - 1) };
    if (covered <= after + 1) return none;
    const plan = index.plan(text);
    const { total = 0 } = await index.search(plan, { limit: 1, above: after, below: covered, total: true });
    if (total === 0) return none;
    const limit = Math.min(MOST, total);
    const { indexes } = await index.search(plan, { limit, below: covered });
    const context = {
      ...{ register: log.register, vault: log.vault, language },
      stateOf: (at: number) => services.checks.stateOf(at),
    };
    const found = await rowsOf(searched, plan, indexes, context);
    return { ...none, ...found, skipped: total - limit };
  });
}
