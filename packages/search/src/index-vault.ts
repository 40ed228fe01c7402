import { openPart } from '@zegel/core';
import type { VaultReader } from '@zegel/log';
import type { IndexVault, TraceBox } from './vault-port.ts';

/** A log's vault as the index wants it: with traces opened (format v1 §4). `origin` is the log's. */
export function indexVault(vault: VaultReader, origin: string): IndexVault {
  return {
    personKey: (type, id) => vault.personKey(type, id),
    numberOf: (entryId, position, ptr) => vault.numberOf(entryId, position, ptr),
    keyOf: (number) => vault.keyOf(number),
    generation: () => vault.generation(),
    openTrace: (box) => openTrace(vault, origin, box),
  };
}

function openTrace(vault: VaultReader, origin: string, box: TraceBox): string | undefined {
  const keys = box.numbers.flatMap((number) => {
    const handle = vault.handle(number);
    return handle === undefined || handle === 'damaged' ? [] : handle.key;
  });
  if (keys.length !== box.numbers.length || keys.length === 0) return undefined;
  const { entryId, partNumber, position, persons, commit } = box;
  const sealed = { part: 'trace', persons, commit, box: box.box };
  const opened = openPart({ origin, entryId, partNumber, position, sealed, keys });
  const value: unknown = opened.ok ? opened.value : undefined;
  const trace = typeof value === 'object' && value !== null && 'trace' in value ? value.trace : undefined;
  return typeof trace === 'string' ? trace : undefined;
}
