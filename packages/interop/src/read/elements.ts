import { at, isFields } from '../json.ts';

/** The formats that can be brought in. */
export type SourceFormat = 'fhir' | 'cloudtrail';

/** A record in a document, or why there is none at its place. */
export interface Element {
  readonly record: unknown;
  /** Place in its list or Bundle, from 1; undefined for a document that is the record. */
  readonly item?: number;
  /** FHIR: `fullUrl` of the Bundle entry. */
  readonly fullUrl?: string;
  readonly error?: string;
}

/** The records of a JSON value: a list, CloudTrail's `Records`, a FHIR Bundle, or the value itself. */
export function elementsOf(value: unknown, format: SourceFormat): Iterable<Element> {
  if (Array.isArray(value)) return listed(value as readonly unknown[]);
  switch (format) {
    case 'cloudtrail':
      return wrapped(value);
    case 'fhir':
      return at(value, 'resourceType') === 'Bundle' ? bundled(value) : [{ record: value }];
    default:
      return format satisfies never;
  }
}

function* listed(list: readonly unknown[]): Generator<Element> {
  for (const [place, record] of list.entries()) yield { record, item: place + 1 };
}

function wrapped(value: unknown): Iterable<Element> {
  const records = at(value, 'Records');
  if (records === undefined) return [{ record: value }];
  if (!Array.isArray(records)) return [{ record: undefined, error: 'Records is not a list' }];
  return listed(records as readonly unknown[]);
}

// A Bundle without entries is an empty one; an entry may lack a resource (a transaction's delete).
function* bundled(bundle: unknown): Generator<Element> {
  const entries = at(bundle, 'entry') ?? [];
  if (!Array.isArray(entries)) {
    yield { record: undefined, error: 'entry of the Bundle is not a list' };
    return;
  }
  for (const [place, entry] of (entries as readonly unknown[]).entries()) {
    const record = at(entry, 'resource');
    const fullUrl = at(entry, 'fullUrl');
    if (!isFields(record)) yield { record, item: place + 1, error: 'a Bundle entry without a resource' };
    else yield { record, item: place + 1, ...(typeof fullUrl === 'string' ? { fullUrl } : {}) };
  }
}
