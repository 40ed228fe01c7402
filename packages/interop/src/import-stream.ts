import type { AccessEvent } from '@zegel/log';
import type { ActivityMapping } from './activity.ts';
import { importCloudTrail } from './cloudtrail/import-cloudtrail.ts';
import { importFhir } from './fhir/import-fhir.ts';
import type { Mapped, Refused } from './outcome.ts';
import type { SourceFormat } from './read/elements.ts';
import type { ReadLimits } from './read/limits.ts';
import { itemReason, type ReadRecord, readRecords } from './read/read-records.ts';

/** One file to bring in. */
export interface ImportOptions {
  readonly from: SourceFormat;
  /** The file's name, for reports and to know NDJSON by (`.ndjson`, `.jsonl`). */
  readonly name: string;
  readonly source: AsyncIterable<Uint8Array>;
  readonly activity?: ActivityMapping;
  readonly limits?: Partial<ReadLimits>;
}

/** A record that can be appended. */
export interface ImportedEvent {
  readonly kind: 'event';
  readonly event: AccessEvent;
  readonly line?: number;
  /** Which statement of the source became `occurred`. */
  readonly occurredFrom: string;
}

/** A file, line or record that can't be, as `import --json` reports it. */
export interface ImportRefusal {
  readonly kind: 'refused';
  readonly refused: { readonly file: string; readonly line?: number; readonly reason: string };
}

/**
 * Reads one file and maps its records, in order, without holding more than one document or line.
 * Every record read gives exactly one event or one refusal; the same file gives the same events, ids
 * included, so that appending them again appends nothing.
 */
export async function* importStream(options: ImportOptions): AsyncGenerator<ImportedEvent | ImportRefusal> {
  const { from, name, source, limits } = options;
  for await (const read of readRecords(source, {
    format: from,
    name,
    ...(limits === undefined ? {} : { limits }),
  })) {
    const place = read.line === undefined ? {} : { line: read.line };
    const result = read.kind === 'error' ? read : mapRecord(read, options);
    if (result.kind === 'mapped')
      yield { kind: 'event', event: result.event, occurredFrom: result.occurredFrom, ...place };
    else {
      const item = read.kind === 'record' ? read.item : undefined;
      yield { kind: 'refused', refused: { file: name, ...place, reason: itemReason(item, result.reason) } };
    }
  }
}

function mapRecord({ record, fullUrl }: ReadRecord, { from, activity }: ImportOptions): Mapped | Refused {
  const mapping = activity === undefined ? {} : { activity };
  switch (from) {
    case 'cloudtrail':
      return importCloudTrail(record, mapping);
    case 'fhir':
      return importFhir(record, { ...mapping, ...(fullUrl === undefined ? {} : { fullUrl }) });
    default:
      return from satisfies never;
  }
}
