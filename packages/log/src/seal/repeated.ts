import { type EntryDraft, equalBytes, openPtr, sealEntry } from '@zegel/core';
import { FLAG } from '../protocol.ts';
import type { Handle, HandleIdentity, HandleRow } from '../vault/handle.ts';
import { scopeToken, type Wanted } from '../vault/handles.ts';
import type { VaultKeys } from '../vault/vault-file.ts';
import { clearOf, type EntryText, pointersOf, secretsIn } from './entry-facts.ts';
import { Persons } from './mentions.ts';

/** A handle with what finds it. */
export type FoundHandle = Pick<HandleRow, 'activity' | 'sort' | 'scope' | 'month'> & Handle & HandleIdentity;

/** What stands in the log under an id, to be held against an event that is given under it. */
export interface Standing {
  /** Its parts, in order; undefined where a body was pruned. */
  readonly parts: readonly EntryText[] | undefined;
  /** A handle of the log's vault, undefined when it is gone. */
  readonly handle: (number: Uint8Array) => FoundHandle | undefined;
}

/** What drafting needs of its tools. */
export interface Drafting {
  readonly origin: string;
  readonly keys: VaultKeys;
  readonly now: () => number;
  readonly handles: { resolve(wanted: Wanted): Handle };
}

/** The event that is given: how it is drafted, and whether it says itself when it occurred. */
export interface Given {
  readonly id: Uint8Array;
  readonly hasOccurred: boolean;
  draft(tools: Drafting, persons: Persons): readonly EntryDraft[];
}

/**
 * Whether an event that is given under a standing id is the one that stands there, as {@link FLAG} bits for the commit. The log
 * and the vault tell: what the entry says in clear, whom its mentions stand for and what it sealed are held against a draft of
 * what is given, which goes nowhere. Where a handle or a body is gone the id alone decides (format v1 §1).
 */
export function judged(tools: Drafting, standing: Standing, given: Given): number {
  return FLAG.compared | (differs(tools, standing, given) ? FLAG.differs : 0);
}

function differs(tools: Drafting, { parts, handle }: Standing, given: Given): boolean {
  if (parts === undefined) return false;
  const there = new Map<number, FoundHandle>();
  for (const [position, ptr] of pointersOf(parts)) {
    const found = handle(openPtr(ptr, tools.keys.pointer, given.id, position));
    if (found === undefined) return false;
    there.set(position, found);
  }
  const persons = new DraftedPersons(tools.keys.pointer, given.id);
  const drafted = given.draft({ ...tools, handles: persons }, persons).map(textOf);
  const { wanted } = persons;
  const isSomebodyElse =
    wanted.size !== there.size ||
    [...wanted].some(([position, one]) => !isThe(tools.keys, there.get(position), one));
  if (isSomebodyElse) return true;
  if (clearOf(parts, given.hasOccurred) !== clearOf(drafted, given.hasOccurred)) return true;
  const secrets = secretsIn(parts, tools.origin, (position) => there.get(position)?.key);
  return secrets !== undefined && secrets !== secretsIn(drafted, tools.origin, () => NONE.key);
}

/** The handle of every person in a draft that is thrown away. */
const NONE = { number: new Uint8Array(16), salt: new Uint8Array(32), key: new Uint8Array(32) };

interface Wish extends Handle {
  readonly wanted: Wanted;
}

/** Takes down whom a draft mentions, and makes nothing. */
class DraftedPersons extends Persons {
  readonly wanted: Map<number, Wanted> = new Map();

  resolve(wanted: Wanted): Wish {
    return { ...NONE, type: wanted.type, id: wanted.id, wanted };
  }

  override mention(position: number, handle: Handle | Wish): ReturnType<Persons['mention']> {
    if ('wanted' in handle) this.wanted.set(position, handle.wanted);
    return super.mention(position, handle);
  }
}

/** Whether a handle is one for this person, under this activity, in this case or in some month. */
function isThe({ lookup }: VaultKeys, handle: FoundHandle | undefined, wanted: Wanted): boolean {
  if (handle === undefined) return false;
  const { type, id, activity, sort, scope, month } = handle;
  if (type !== wanted.type || id !== wanted.id || activity !== wanted.activity || sort !== wanted.sort)
    return false;
  return equalBytes(scope, scopeToken(lookup, { ...wanted, month: month ?? wanted.month }));
}

const ANY_HASH = 'A'.repeat(43);

function textOf(draft: EntryDraft): EntryText {
  const control = { index: 0, leaf: ANY_HASH };
  const fill = { index: 0, prev: ANY_HASH, recorded: '1970-01-01T00:00:00.000Z', control };
  return JSON.parse(sealEntry(draft, fill)) as EntryText;
}
