import { createReadStream } from 'node:fs';
import { type ActivityMapping, importStream, type SourceFormat } from '@zegel/interop';
import type { AccessEvent, Log, Receipt, Refusal } from '@zegel/log';
import { whyUnreadable } from '../run/files.ts';
import { problemsText } from '@zegel/reading';

/** A record, line or file that was not brought in. */
export interface ImportRefused {
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}

/** What an import came to. `read` = `appended` + `duplicate` + the records refused. */
export interface ImportCounts {
  read: number;
  appended: number;
  duplicate: number;
  refused: number;
  /** Files that could not be opened or read on. */
  unreadable: number;
}

/** What to bring in, and who is told. */
export interface Import {
  readonly log: Log;
  readonly from: SourceFormat;
  readonly files: readonly string[];
  readonly activity: ActivityMapping;
  readonly signal: AbortSignal;
  readonly onRefused: (refused: ImportRefused) => void;
  readonly onProgress: (counts: ImportCounts) => void;
}

interface Waiting {
  readonly event: AccessEvent;
  readonly place: Omit<ImportRefused, 'reason'>;
}

/** Events per append. */
const BATCH = 500;

/**
 * Brings files in, one after the other. A file that can't be read is refused and the others are read all the same. Stops
 * at the next batch when the signal aborts.
 */
export async function importFiles(work: Import): Promise<ImportCounts> {
  const counts: ImportCounts = { read: 0, appended: 0, duplicate: 0, refused: 0, unreadable: 0 };
  for (const file of work.files) {
    if (work.signal.aborted) break;
    const reason = await importFile(work, file, counts);
    if (reason === undefined) continue;
    counts.unreadable++;
    counts.refused++;
    work.onRefused({ file, reason });
  }
  return counts;
}

/** Returns why the file could not be read to its end; what came before is brought in. */
async function importFile(work: Import, file: string, counts: ImportCounts): Promise<string | undefined> {
  let waiting: Waiting[] = [];
  const source = new FileSource(file);
  const records = importStream({ from: work.from, name: file, source, activity: work.activity });
  try {
    for await (const record of records) {
      counts.read++;
      if (record.kind === 'refused') {
        counts.refused++;
        work.onRefused(record.refused);
        continue;
      }
      waiting.push({
        event: record.event,
        place: { file, ...(record.line !== undefined && { line: record.line }) },
      });
      if (waiting.length < BATCH) continue;
      await appendBatch(work, waiting, counts);
      waiting = [];
      if (work.signal.aborted) return undefined;
    }
  } catch (error) {
    if (error !== source.failure) throw error;
  }
  await appendBatch(work, waiting, counts);
  return source.failure === undefined ? undefined : whyUnreadable(source.failure);
}

/** A file as it streams, which remembers its own failure: everything else that is thrown has another cause. */
class FileSource implements AsyncIterable<Uint8Array> {
  readonly #path: string;
  failure: unknown;

  constructor(path: string) {
    this.#path = path;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(this.#path) as AsyncIterable<Uint8Array>;
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

async function appendBatch(work: Import, waiting: readonly Waiting[], counts: ImportCounts): Promise<void> {
  if (waiting.length === 0) return;
  const { log, from } = work;
  const before = await log.size();
  const results = await log.appendEach(
    waiting.map(({ event }) => event),
    { source: `import:${from}` },
  );
  const isNew = newcomers(before);
  results.forEach((result, at) => {
    const place = waiting[at]?.place ?? { file: '' };
    settle(work, counts, place, result, isNew);
  });
  work.onProgress(counts);
}

function settle(
  work: Import,
  counts: ImportCounts,
  place: Waiting['place'],
  result: Receipt | Refusal,
  isNew: (receipt: Receipt) => boolean,
): void {
  if ('refused' in result) {
    counts.refused++;
    work.onRefused({ ...place, reason: problemsText(result.problems) });
  } else if (isNew(result)) counts.appended++;
  else counts.duplicate++;
}

/** Tells new entries from known ones: an index below the size before the batch was there, and the second of two in it, too. */
function newcomers(before: number): (receipt: Receipt) => boolean {
  const seen = new Set<number>();
  return ({ index }) => {
    if (index < before || seen.has(index)) return false;
    seen.add(index);
    return true;
  };
}
