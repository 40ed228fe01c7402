import type { Log, StoredEntry } from '@zegel/log';
import { csvLine, type Person, showEntry, zonedTime } from '@zegel/reading';
import { type Direction, personCells, PERSON_COLUMNS, personRow } from './person-rows.ts';
import { QUERY_COLUMNS, queryCells } from './query-rows.ts';

/** What files there are: a table for a spreadsheet, or a JSON text a line. */
export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
/** One of {@link EXPORT_FORMATS}. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** One line of a file, and whom it newly shows. */
interface Row {
  readonly bytes: Uint8Array;
  readonly persons: readonly Person[];
}

/** Turns entries into the lines of a file. */
export interface RowMaker {
  /** Type of content, for HTTP. */
  readonly type: string;
  readonly head: Uint8Array;
  /** The line of an entry; undefined for one that has none: its body is pruned, or it is left out. */
  row(entry: StoredEntry): Promise<Row | undefined>;
}

/** What a table needs. */
export interface TableOptions {
  /** IANA name. */
  readonly timeZone: string;
  /** Begin with a byte order mark, by which spreadsheet programs know UTF-8. */
  readonly bom: boolean;
}

/** A person's view, for export. */
export interface PersonView {
  readonly person: Person;
  readonly direction: Direction;
  /** Entries marked confidential that are shown all the same; all others of that kind are left out. */
  readonly disclosed: (index: number) => boolean;
}

type Source = Pick<Log, 'vault'> & Parameters<typeof showEntry>[0];

const NOBODY: readonly Person[] = [];
const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
const JSONL_TYPE = 'application/x-ndjson; charset=utf-8';
const NEWLINE = Buffer.from('\n');

/** Entries as a table (RFC 4180), persons by pseudonym; no cell is a formula. */
export function queryTable(log: Source, options: TableOptions): RowMaker {
  const time = zonedTime(options.timeZone);
  return {
    type: CSV_TYPE,
    head: tableHead(QUERY_COLUMNS, options),
    async row(entry) {
      const shown = await showEntry(log, log.vault, entry);
      if (shown === undefined) return undefined;
      return { bytes: Buffer.from(csvLine(queryCells(shown, log.vault, time))), persons: shown.persons };
    },
  };
}

/** The exact bytes of entries, one a line (format v1 §1). They name nobody: whom a mention stands for only the vault tells. */
export function queryLines(): RowMaker {
  return {
    type: JSONL_TYPE,
    head: new Uint8Array(),
    row: ({ bytes }) => Promise.resolve(bytes && { bytes: Buffer.concat([bytes, NEWLINE]), persons: NOBODY }),
  };
}

/** A person's view as a table. */
export function personTable(log: Source, view: PersonView, options: TableOptions): RowMaker {
  const time = zonedTime(options.timeZone);
  return {
    type: CSV_TYPE,
    head: tableHead(PERSON_COLUMNS[view.direction], options),
    async row(entry) {
      const row = await rowOf(log, view, entry, time);
      return row && { bytes: Buffer.from(csvLine(personCells(row, view.direction))), persons: NOBODY };
    },
  };
}

/** A person's view as JSON objects, one a line. Not the entries' bytes: those mention others too. */
export function personLines(log: Source, view: PersonView, { timeZone }: { timeZone: string }): RowMaker {
  const time = zonedTime(timeZone);
  return {
    type: JSONL_TYPE,
    head: new Uint8Array(),
    async row(entry) {
      const row = await rowOf(log, view, entry, time);
      return row && { bytes: Buffer.from(`${JSON.stringify(row)}\n`), persons: NOBODY };
    },
  };
}

async function rowOf(
  log: Source,
  { person, direction, disclosed }: PersonView,
  entry: StoredEntry,
  time: ReturnType<typeof zonedTime>,
): Promise<ReturnType<typeof personRow> | undefined> {
  const shown = await showEntry(log, log.vault, entry);
  if (shown === undefined) return undefined;
  if (shown.object['confidential'] === true && !disclosed(shown.index)) return undefined;
  return personRow(shown.object, person, direction, time);
}

function tableHead(columns: readonly string[], { bom }: TableOptions): Uint8Array {
  return Buffer.from(`${bom ? '\uFEFF' : ''}${csvLine(columns)}`);
}
