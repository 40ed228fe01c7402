import { ACTIONS } from '@zegel/core';
import type { Problem } from '../event/problem.ts';
import { anyOr, boolean, type Check, list, matching, object, oneOf, record, text } from './checks.ts';
import { COLUMN, COLUMN_NAME, COUNTRY, isDay, KEY, PERIOD, PERSON_TYPE, TABLE } from './formats.ts';
import { BASES, POLICIES, RECIPIENT_ROLES } from './types.ts';

const LONGEST_TEXT = 2000;
const KEY_WORDS = 'a key: a lower-case letter, then up to 63 of a-z 0-9 -';

const words = text(`a text of 1 to ${LONGEST_TEXT} characters`, (value) => {
  return value.trim() !== '' && Array.from(value).length <= LONGEST_TEXT;
});
const key = matching(KEY_WORDS, KEY);
const personType = matching('a type: a lower-case letter, then up to 31 of a-z 0-9 -', PERSON_TYPE);
const period = matching('an ISO 8601 duration in years, months, weeks and days, such as P6M', PERIOD);
const bilingual = object({ nl: words, en: words });
const isKey = (value: string): boolean => KEY.test(value);

const after = object({ after: key, period }, { then: period });
const ending = matching(
  'a key other than recorded: every term would end at once',
  /^(?!recorded$)[a-z][a-z0-9-]{0,63}$/,
);
const until = object({ until: ending });
const retention = list((value, path, problems) => {
  const ends = typeof value === 'object' && value !== null && Object.hasOwn(value, 'until');
  (ends ? until : after)(value, path, problems);
});

const activity = object(
  { name: bilingual, purpose: bilingual, basis: oneOf(BASES), fields: anyOr(list(key)) },
  {
    actions: list(oneOf(ACTIONS), 1),
    persons: list(personType),
    recipients: list(key),
    roles: list(key),
    retention,
    policy: oneOf(POLICIES),
    values: boolean,
  },
);

const recipient = object({
  name: words,
  country: matching('an ISO 3166-1 alpha-2 country code, such as NL', COUNTRY),
  role: oneOf(RECIPIENT_ROLES),
});

const field = object(
  { nl: words, en: words, category: key },
  { columns: list(matching('table.column', COLUMN)) },
);

const table = object({ person: personType, id: matching('the name of a column', COLUMN_NAME) });

const isActivityKey = (value: string): boolean => isKey(value) && !value.startsWith('zegel-');

const document: Check = object(
  {
    controller: object({ name: words, contact: words }),
    date: text('a day that exists, as YYYY-MM-DD', isDay),
    persons: anyOr(list(personType)),
    roles: anyOr(list(key)),
    fields: record(KEY_WORDS, isKey, field),
    recipients: anyOr(record(KEY_WORDS, isKey, recipient)),
    activities: record(`${KEY_WORDS}; not starting with zegel-`, isActivityKey, activity, 1),
    maximum: period,
  },
  {
    timezone: matching('an IANA time zone, such as Europe/Amsterdam', /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/),
    tables: record('the name of a table', (value) => TABLE.test(value), table),
    events: record(KEY_WORDS, isKey, bilingual),
    actors: object({ retention }),
  },
);

/** Everything wrong with a document that can be seen without following a reference; a JSON Schema says as much. */
export function shapeProblems(json: unknown): Problem[] {
  const problems: Problem[] = [];
  document(json, '', problems);
  return problems;
}
