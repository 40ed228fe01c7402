import { DEFAULT_LIMITS, hasDuplicateKey, parseJson, splitLines } from '@zegel/interop';
import type { RefusedEvent } from './refusals.ts';
import { HttpError } from './http-error.ts';

/** Events that belong together: those of a list in one line of NDJSON are appended whole or not at all. */
export interface Item {
  readonly events: readonly unknown[];
  readonly all: boolean;
  /** Line of an NDJSON body, from 1. */
  readonly line?: number;
}

/** Events of one request. */
const MOST_EVENTS = 10_000;

type Form = 'json' | 'lines';

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'lines'],
  ['application/ndjson', 'lines'],
  ['application/jsonl', 'lines'],
]);

/** How a body is to be read. @throws HttpError `CONTENT_TYPE` */
export function formOf(header: string | undefined, forms: readonly Form[] = ['json', 'lines']): Form {
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const form = FORMS.get(type.trim());
  const charset = parameters.map((p) => p.trim()).find((p) => p.startsWith('charset='));
  const utf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  if (form !== undefined && forms.includes(form) && utf8) return form;
  const wanted = forms.includes('lines') ? 'application/json or application/x-ndjson' : 'application/json';
  throw new HttpError('CONTENT_TYPE', `the content type must be ${wanted}, in UTF-8`, {
    headers: { accept: wanted.replace(' or ', ', ') },
  });
}

/**
 * The events of a body: one, a list, or lines.
 *
 * @throws HttpError `BODY_NOT_JSON` with every line that is none; `BODY_TOO_LARGE` for too many events
 */
export async function readEvents(form: Form, bytes: Uint8Array): Promise<readonly Item[]> {
  const items = form === 'json' ? [wholeBody(bytes)] : await lines(bytes);
  const count = items.reduce((sum, { events }) => sum + events.length, 0);
  if (count <= MOST_EVENTS) return items;
  throw new HttpError('BODY_TOO_LARGE', `${count} events are too many for one request: ${MOST_EVENTS}`);
}

/** One JSON value. @throws HttpError `BODY_NOT_JSON` */
export function readJson(bytes: Uint8Array): unknown {
  const { value, reason } = parse(bytes);
  if (reason === undefined) return value;
  throw new HttpError('BODY_NOT_JSON', `the body is not JSON: ${reason}; nothing was appended`);
}

function wholeBody(bytes: Uint8Array): Item {
  const value = readJson(bytes);
  return Array.isArray(value) ? { events: value as unknown[], all: false } : { events: [value], all: false };
}

async function lines(bytes: Uint8Array): Promise<readonly Item[]> {
  const items: Item[] = [];
  const bad: RefusedEvent[] = [];
  for await (const { number: line, bytes: text = new Uint8Array() } of splitLines(
    once(bytes),
    bytes.length,
    () => undefined,
  )) {
    const { value, reason } = parse(text);
    if (reason !== undefined)
      bad.push({
        event: items.length + bad.length,
        line,
        refused: 'BODY_NOT_JSON',
        problems: [{ path: '', message: reason }],
      });
    else if (Array.isArray(value)) items.push({ events: value as unknown[], all: true, line });
    else items.push({ events: [value], all: false, line });
  }
  if (bad.length === 0) return items;
  throw new HttpError('BODY_NOT_JSON', `lines that are not JSON: ${bad.length}; nothing was appended`, {
    refusals: bad.slice(0, MOST_EVENTS),
    more: bad.length - Math.min(bad.length, MOST_EVENTS),
  });
}

/** Reasons quote nothing of the body. */
function parse(bytes: Uint8Array): { readonly value?: unknown; readonly reason?: string } {
  const parsed = parseJson(bytes, DEFAULT_LIMITS);
  if (parsed.kind === 'bad') return { reason: parsed.reason };
  if (hasDuplicateKey(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()))
    return { reason: 'a key occurs twice in one object' };
  return { value: parsed.value };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
