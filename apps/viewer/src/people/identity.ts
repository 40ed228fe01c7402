import type { Person } from '@zegel/reading';
import { tokenOf } from '@zegel/search';
import type { Searched } from '../logs/searching.ts';
import { shownHits } from './shown-hits.ts';

const PLACES = ['subject', 'actor', 'onbehalfof'] as const;
/** Newest hits looked at: the mention of one may be of a handle that was destroyed since it was indexed. */
const TRIED = 4;

/** Whom a token stands for, as far as an entry and the vault still tell; undefined for nobody. */
export async function identityOf(searched: Searched, token: string): Promise<Person | undefined> {
  const { log, index } = searched;
  for (const place of PLACES) {
    const plan = index.plan(`${place}:~${token}`);
    const { indexes } = await index.search(plan, { limit: TRIED });
    for (const { persons } of await shownHits(searched, plan, indexes)) {
      const found = persons.find(({ type, id }) => tokenOf(log.vault, type, id) === token);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
