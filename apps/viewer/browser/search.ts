/**
 * The search page: completion of the query, following new entries, keys. The page does without.
 *
 * @module
 */
import { completeQueries } from './search-complete.ts';
import { listenToKeys } from './search-keys.ts';
import { followEntries } from './search-tail.ts';

const box = document.querySelector<HTMLInputElement>('#q');
const ways = document.querySelector<HTMLElement>('#q-ways');
if (box !== null && ways !== null) completeQueries(box, ways);
if (box?.dataset['at'] !== undefined) {
  const at = Number(box.dataset['at']);
  box.focus();
  box.setSelectionRange(at, at);
}
listenToKeys(box);

const tail = document.querySelector<HTMLElement>('.tail');
const rows = document.querySelector<HTMLElement>('#rows');
if (tail !== null && rows !== null) followEntries(tail, rows);

// Somebody who was named in an address does not stay there.
if (document.querySelector('form.naming') !== null) history.replaceState(null, '', '/');

// Where there is little room, what was found comes before what it could be narrowed by.
const facets = document.querySelector<HTMLDetailsElement>('.facets details');
if (facets !== null && matchMedia('(max-width: 60rem)').matches) facets.open = false;
