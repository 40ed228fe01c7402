import { FormatError } from '@zegel/core';
import { type Log, LogError, type StoredEntry } from '@zegel/log';
import { type EntryObject, type Person, showEntry } from '@zegel/reading';
import { IndexError, type SearchIndex } from '@zegel/search';
import { consult } from '../consult/consult.ts';
import type { Viewer } from '../env.ts';
import type { Services } from '../services.ts';
import type { ReadEntry } from './control-entries.ts';
import { findCover, findRotations } from './coverage.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { findEntry } from './find-entry.ts';
import { pseudonymous } from './pseudonyms.ts';
import { type RegisterVersion, registerVersion, statedVersion } from './registers.ts';
import { findRelated, type Related } from './related.ts';

/** Everything that a page tells of one entry. */
export interface OpenedEntry {
  readonly index: number;
  /** Entries of the log when it was opened. */
  readonly size: number;
  readonly stored: StoredEntry;
  /** What it says, persons by pseudonym; undefined where the body is gone or no entry. */
  readonly object: EntryObject | undefined;
  /** The version of the register under which it was made, else the newest. */
  readonly register: RegisterVersion | undefined;
  readonly timeZone: string;
  /** The `retention` entry that names a body that is gone. */
  readonly cover: ReadEntry | undefined;
  /** Undefined while the index can't be used. */
  readonly related: Related | undefined;
  readonly evidence: Evidence;
}

type Found = Omit<OpenedEntry, 'evidence' | 'size'> & {
  readonly persons: readonly Person[];
  readonly rotations: Evidence['rotations'];
};

/** Opens an entry for somebody: first the entry of this consultation, then everything there is to show. @throws HttpError */
export async function openEntry(services: Services, viewer: Viewer, text: string): Promise<OpenedEntry> {
  const found = await findAll(services, text);
  const { persons, rotations, ...opened } = found;
  await consult(services, viewer, {
    ...{ action: 'read', operation: 'viewer.entry', persons, fields: ['index'] },
  });
  const coverOf = async (): Promise<number | undefined> => opened.cover?.index;
  return services.logs.use(async (log) => {
    const evidence = await gatherEvidence(log, found.index, { coverOf, rotations });
    return { ...opened, evidence, size: await log.size() }; // with the entry of this view
  });
}

async function findAll(services: Services, text: string): Promise<Found> {
  const stored = await services.logs.use((log) => findEntry(log, text));
  try {
    return await services.searching.use(({ log, index }) => find(log, stored, index));
  } catch (error) {
    // The index is derived: an entry can be shown without it, only not what leads to others.
    if (error instanceof IndexError) return services.logs.use((log) => find(log, stored, undefined));
    throw error;
  }
}

async function find(log: Log, stored: StoredEntry, index: SearchIndex | undefined): Promise<Found> {
  const shown = await show(log, stored);
  const version = statedVersion(shown?.object['activity']) ?? log.register.version;
  return {
    index: stored.index,
    stored,
    object: shown && pseudonymous(log.vault, shown.object),
    persons: shown?.persons ?? [],
    timeZone: log.register.timeZone,
    register: index && (await registerVersion(log, index, version)),
    cover: index && stored.bytes === undefined ? await findCover(index, stored.index) : undefined,
    related:
      index &&
      (await findRelated(log, index, shown === undefined ? { ...stored, bytes: undefined } : stored)),
    rotations: index === undefined ? [] : await findRotations(index),
  };
}

/** The entry with its persons; undefined where its bytes are gone, or are no entry: the proof then tells what is wrong. */
async function show(log: Log, stored: StoredEntry): ReturnType<typeof showEntry> {
  try {
    return await showEntry(log, log.vault, stored);
  } catch (error) {
    if (error instanceof FormatError || (error instanceof LogError && error.code === 'LOG_DAMAGED'))
      return undefined;
    throw error;
  }
}
