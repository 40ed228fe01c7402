/** A schema (JSON Schema 2020-12), as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Names of what the API takes and gives. */
export type SchemaName =
  | 'Problem'
  | 'Refusal'
  | 'Receipt'
  | 'Receipts'
  | 'Person'
  | 'Entry'
  | 'Gone'
  | 'Entries'
  | 'Search'
  | 'Event'
  | 'Gap'
  | 'Health';

/** A reference to one of {@link SCHEMAS}. */
export function ref(name: SchemaName): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

const object = (
  properties: Record<string, Schema>,
  required: readonly string[],
  more: Schema = {},
): Schema => ({
  ...{ type: 'object', properties, required },
  ...more,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const text: Schema = { type: 'string' };
const index: Schema = { type: 'integer', minimum: 0 };

const PROBLEM_CODE: Schema = { ...text, description: 'Stable code; see docs/errors.md' };

/** What the API takes and gives. */
export const SCHEMAS: Readonly<Record<SchemaName, Schema>> = {
  Problem: object(
    {
      type: { const: 'about:blank' },
      ...{ title: text, status: { type: 'integer' }, detail: text, code: PROBLEM_CODE },
      refusals: list(ref('Refusal')),
      more: { type: 'integer', description: 'Refusals or problems that are left out' },
    },
    ['type', 'title', 'status', 'detail', 'code'],
    { additionalProperties: false },
  ),
  Refusal: object(
    {
      ...{
        event: { ...index, description: 'Place among the events of the body' },
        line: { type: 'integer', minimum: 1 },
      },
      refused: PROBLEM_CODE,
      problems: list(
        object({ path: { ...text, description: 'JSON Pointer into the event' }, message: text }, [
          'path',
          'message',
        ]),
      ),
    },
    ['event', 'refused', 'problems'],
  ),
  Receipt: object(
    {
      ...{
        id: { ...text, description: 'The id that the caller gave, else the entry’s' },
        entry: { ...text, format: 'uuid' },
      },
      ...{ index, count: { type: 'integer', minimum: 1 }, leafHash: text, durable: { const: 'log' } },
    },
    ['id', 'entry', 'index', 'count', 'leafHash', 'durable'],
  ),
  Receipts: object(
    { receipts: list({ oneOf: [ref('Receipt'), ref('Refusal')] }), more: { type: 'integer' } },
    ['receipts'],
  ),
  Person: {
    description:
      'By pseudonym; by name only when revealed; by `ref` alone where the vault can’t tell any more',
    oneOf: [
      object(
        { type: text, token: { ...text, pattern: '^[0-9a-f]{16}$' }, involvement: text },
        ['type', 'token'],
        {
          additionalProperties: false,
        },
      ),
      object({ type: text, id: text, involvement: text }, ['type', 'id'], { additionalProperties: false }),
      object({ ref: text, involvement: text }, ['ref'], { additionalProperties: false }),
    ],
  },
  Entry: object(
    {
      ...{ v: { type: 'integer' }, index, kind: text, id: { ...text, format: 'uuid' }, prev: text },
      ...{ occurred: { ...text, format: 'date-time' }, recorded: { ...text, format: 'date-time' } },
      actor: object({ kind: text, role: text, person: ref('Person') }, ['kind']),
      onBehalfOf: ref('Person'),
      subjects: list(ref('Person')),
      sealed: list(
        object(
          {
            part: text,
            persons: list(index),
            commit: text,
            box: text,
            value: { description: 'Only when revealed' },
          },
          [...['part', 'persons', 'commit', 'box']],
        ),
      ),
      fields: list(text),
    },
    ['v', 'index', 'kind', 'id', 'prev', 'occurred', 'recorded'],
    { description: 'As recorded (docs/spec/format-v1.md), but for its persons' },
  ),
  Gone: object({ index, leaf: text, bodyGone: { const: true } }, ['index', 'leaf', 'bodyGone'], {
    additionalProperties: false,
    description: 'The body is gone, lawfully or not; its proof still holds',
  }),
  Entries: object(
    {
      entries: list(ref('Entry')),
      covered: { ...index, description: 'Entries below this could be found' },
      next: { ...index, description: '`below` of the page that follows; absent on the last' },
    },
    ['entries', 'covered'],
    { additionalProperties: false },
  ),
  Search: object(
    {
      query: {
        ...text,
        description: 'In the language of the search page, also with `subject:customer:c-1001`',
      },
      reason: {
        ...{ ...text, minLength: 5, maxLength: 500 },
        description: 'Why the query names somebody; wanted then, and not kept otherwise',
      },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
      below: { ...index, description: 'Only entries below this index' },
    },
    ['query'],
    { additionalProperties: false },
  ),
  Event: object(
    {
      ...{
        action: text,
        activity: text,
        actor: { type: 'object' },
        subjects: list({ type: 'object' }),
        fields: list(text),
      },
      service: text,
    },
    ['action', 'activity', 'actor', 'subjects', 'fields', 'service'],
    { description: 'An access event; its full schema is published with @zegel/log' },
  ),
  Gap: object(
    {
      ...{ activity: text, service: text, count: { type: 'integer', minimum: 1 }, id: text },
      ...{ from: { ...text, format: 'date-time' }, to: { ...text, format: 'date-time' } },
    },
    ['activity', 'service', 'count', 'from', 'to'],
    { additionalProperties: false },
  ),
  Health: object({ status: { const: 'ok' } }, ['status'], { additionalProperties: false }),
};
