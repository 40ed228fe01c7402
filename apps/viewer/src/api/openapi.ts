import type { Scope } from '../access/token.ts';
import { ref, type Schema, SCHEMAS } from './openapi-schemas.ts';

/** An answer: a schema of JSON, or a content type of anything else. */
type Answer = Schema | string;

interface Operation {
  readonly summary: string;
  readonly scope?: Scope;
  readonly parameters?: readonly Schema[];
  readonly body?: Readonly<Record<string, Schema>>;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Statuses of refusals, as problem documents. */
  readonly refusals: readonly number[];
}

const INDEX = { name: 'index', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } };
const REASON = {
  ...{ name: 'Zegel-Reason', in: 'header', schema: { type: 'string', minLength: 1, maxLength: 500 } },
  description:
    'Why identities and sealed parts are to be revealed (scope reveal); it is sealed in the entry of the request',
};
const query = (name: string, description: string, schema: Schema): Schema => ({
  name,
  in: 'query',
  description,
  schema,
});
const OCTETS = 'application/octet-stream';
const PLAIN = 'text/plain; charset=utf-8';
const NDJSON = 'application/x-ndjson';
const TOKEN_REFUSALS = [401, 403];

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'post /v1/events': {
    summary: 'Appends events; answered once they are durable',
    scope: 'events',
    body: {
      'application/json': { oneOf: [ref('Event'), { type: 'array', items: ref('Event') }] },
      [NDJSON]: { type: 'string' },
    },
    answers: { 201: ref('Receipts'), 207: ref('Receipts') },
    refusals: [400, ...TOKEN_REFUSALS, 413, 415, 422, 503],
  },
  'post /v1/gaps': {
    summary: 'Appends how many accesses went unlogged',
    scope: 'events',
    body: { 'application/json': ref('Gap') },
    answers: { 201: ref('Receipts') },
    refusals: [400, ...TOKEN_REFUSALS, 413, 415, 422, 503],
  },
  'get /v1/entries': {
    summary: 'Searches entries, newest first; the request becomes an entry itself',
    scope: 'read',
    parameters: [
      query('q', 'In the language of the search page; persons by token only', { type: 'string' }),
      query('limit', 'At most so many entries', { type: 'integer', minimum: 1, maximum: 1000, default: 50 }),
      query('below', 'Only entries below this index', { type: 'integer', minimum: 0 }),
      REASON,
    ],
    answers: { 200: ref('Entries') },
    refusals: [400, ...TOKEN_REFUSALS, 503],
  },
  'post /v1/entries/search': {
    summary:
      'Searches like the above; the query may name persons, for a reason (scope reveal) that is sealed in an entry',
    scope: 'read',
    parameters: [REASON],
    body: { 'application/json': ref('Search') },
    answers: { 200: ref('Entries') },
    refusals: [400, ...TOKEN_REFUSALS, 413, 415, 503],
  },
  'get /v1/entries/{index}': {
    summary: 'One entry; the request becomes an entry itself',
    scope: 'read',
    parameters: [INDEX, REASON],
    answers: { 200: { oneOf: [ref('Entry'), ref('Gone')] } },
    refusals: [400, ...TOKEN_REFUSALS, 404, 503],
  },
  'get /v1/entries/{index}/proof': {
    summary: 'A proof of inclusion in the newest checkpoint (C2SP tlog-proof)',
    scope: 'read',
    parameters: [INDEX],
    answers: { 200: PLAIN },
    refusals: [400, ...TOKEN_REFUSALS, 404, 503],
  },
  'get /v1/openapi.json': {
    summary: 'This description',
    answers: { 200: { type: 'object' } },
    refusals: [],
  },
  'get /log/checkpoint': {
    summary: 'The newest checkpoint (C2SP tlog-checkpoint)',
    answers: { 200: PLAIN },
    refusals: [503],
  },
  'get /log/tile/{path}': {
    summary: 'A tile of hashes, <L>/<N>[.p/<W>] (C2SP tlog-tiles); it never changes',
    parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
    answers: { 200: OCTETS },
    refusals: [404, 503],
  },
  'get /log/tile/entries/{path}': {
    summary: 'A bundle of entries, <N>[.p/<W>] (C2SP tlog-tiles); 410 once a body in it is gone',
    scope: 'read',
    parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
    answers: { 200: OCTETS },
    refusals: [...TOKEN_REFUSALS, 404, 410, 503],
  },
  'get /healthz': {
    summary: 'Whether the log can be read',
    answers: { 200: ref('Health') },
    refusals: [503],
  },
  'get /metrics': {
    summary: 'Figures of the service, in the text format of Prometheus',
    scope: 'metrics',
    answers: { 200: 'text/plain; version=0.0.4; charset=utf-8' },
    refusals: [...TOKEN_REFUSALS, 503],
  },
};

/** The API of this viewer (OpenAPI 3.1). */
export function openApi(): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = name.split(' ');
    (paths[path] ??= {})[method] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Zegel',
      version: '1',
      description:
        'A log of who saw or changed whose personal data, when and why. Refusals are problem documents (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A service token; `zegel token new` makes one',
        },
      },
    },
  };
}

function describe({ summary, scope, parameters, body, answers, refusals }: Operation): Schema {
  const good = Object.entries(answers).map(([status, answer]) => [status, response('Done', answer)]);
  const bad = refusals.map((status) => [
    String(status),
    response('Refused', ref('Problem'), 'application/problem+json'),
  ]);
  return {
    summary,
    ...(scope !== undefined && {
      security: [{ token: [] }],
      description: `Asks for a token with the scope \`${scope}\`.`,
    }),
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(Object.entries(body).map(([type, schema]) => [type, { schema }])),
      },
    }),
    responses: Object.fromEntries([...good, ...bad]) as Schema,
  };
}

function response(description: string, answer: Answer, type = 'application/json'): Schema {
  const content = typeof answer === 'string' ? { [answer]: {} } : { [type]: { schema: answer } };
  return { description, content };
}
