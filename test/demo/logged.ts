import { type AccessEntry, type Mention, openPart, parseUuid, type SealedPart } from '@zegel/core';
import { openReader, openVaultReader, type VaultReader } from '@zegel/log';
import { join } from 'node:path';

/** An access as the log has it, opened with its vault. */
export interface Logged {
  readonly index: number;
  readonly trace: string | undefined;
  /** `employee e-11`, `anonymous`. */
  readonly who: string;
  readonly persons: readonly string[];
  readonly operation: string;
  readonly outcome: string;
  readonly flags: readonly string[];
}

/** Every access of a log. */
export async function loggedIn(log: string): Promise<readonly Logged[]> {
  const vault = await openVaultReader(log, { keys: join(log, 'keys') });
  await using reader = await openReader(log);
  try {
    const all: Logged[] = [];
    for await (const chunk of reader.read(0, await reader.size()))
      for (const { bytes } of chunk) {
        const entry = JSON.parse(Buffer.from(bytes ?? []).toString()) as AccessEntry;
        if (entry.kind === 'access') all.push(opened(reader.origin, vault, entry));
      }
    return all;
  } finally {
    vault.close();
  }
}

function opened(origin: string, vault: VaultReader, entry: AccessEntry): Logged {
  if (entry.part !== undefined) throw new Error('this test reads no events in parts');
  const { actor, subjects, operation, outcome, index, flags = [] } = entry;
  const id = parseUuid(entry.id);
  const personAt = (position: number, mention: Mention | undefined): string | undefined => {
    const person = mention && vault.open(id, position, mention);
    return person && `${person.type} ${person.id}`;
  };
  const persons = subjects.map((subject, n) => personAt(2 + n, subject)?.split(' ')[1] ?? 'nobody');
  const who = personAt(0, actor.person) ?? actor.kind;
  return { index, trace: traceOf(origin, vault, entry), who, persons, operation, outcome, flags };
}

function traceOf(origin: string, vault: VaultReader, entry: AccessEntry): string | undefined {
  const position = entry.sealed?.findIndex(({ part }) => part === 'trace') ?? -1;
  const sealed: SealedPart | undefined = entry.sealed?.[position];
  if (sealed === undefined) return undefined;
  const id = parseUuid(entry.id);
  const keys = sealed.persons.map((person) => {
    const mention = person === 0 ? entry.actor.person : entry.subjects[person - 2];
    const handle = mention && vault.handle(vault.numberOf(id, person, mention.ptr));
    if (handle === undefined || handle === 'damaged') throw new Error(`entry ${entry.index}: no handle`);
    return handle.key;
  });
  const part = openPart({ origin, entryId: entry.id, partNumber: 0, position, sealed, keys });
  return part.ok ? (part.value as { trace: string }).trace : undefined;
}
