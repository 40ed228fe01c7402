import { b64, concat, sha256, uint32, utf8 } from './bytes.ts';
import { originHash } from './check-chain.ts';
import { canonical, type JsonObject } from './json.ts';
import type { LogFile, StoredItem } from './log-file.ts';
import { headText, type SecretKey, secretKey, signNote } from './note.ts';
import { type Handle, type MentionText, mentionOf, timedId, uuidText } from './persons.ts';
import { type SealedText, sealPart } from './sealed.ts';
import { leafHash, rootOf } from './tree.ts';

/** Bytes that look random and are the same every time: SHA-256 of a label and a counter. */
export function seeded(label: string): (length: number) => Uint8Array {
  let counter = 0;
  return (length) => {
    let bytes: Uint8Array = new Uint8Array();
    while (bytes.length < length) bytes = concat(bytes, sha256(utf8(label), uint32(counter++)));
    return bytes.slice(0, length);
  };
}

export const ORIGIN = 'vectors.example/log';
/** 22 November 2026, noon. */
export const NOON = Date.UTC(2026, 10, 22, 12);

export function timeAt(second: number): string {
  return new Date(NOON + second * 1000).toISOString();
}

export function signerOf(label: string, name = ORIGIN): SecretKey {
  return secretKey(name, seeded(`signing key ${label}`)(32));
}

/** An entry to make: its fields but for what the chain gives, and what of the chain is to be given otherwise. */
export interface Step {
  readonly fields: JsonObject;
  /** Replaces what the chain would give; null leaves the key out. */
  readonly chain?: JsonObject;
}

/** What a step is made of. */
export interface Chained {
  readonly text: string;
  readonly leaf: Uint8Array;
}

/**
 * Chains steps one after the other. Whoever changes a step gets a log that is wrong in this one respect and
 * otherwise as its own writer, holding the key, would make it.
 */
export function chainOf(steps: readonly Step[], origin = ORIGIN): readonly Chained[] {
  const chained: Chained[] = [];
  let prev = originHash(origin);
  let control: JsonObject | undefined;
  let recorded = timeAt(0);
  steps.forEach(({ fields, chain = {} }, index) => {
    const { kind, id } = fields;
    // The parts of one event are committed at one time.
    if (id !== steps[index - 1]?.fields['id']) recorded = timeAt(index);
    const link = kind === 'access' || index === 0 || control === undefined ? {} : { control };
    const whole: Record<string, JsonObject[string]> = { index, prev, recorded, ...link, ...fields, ...chain };
    for (const [key, value] of Object.entries(chain)) if (value === null) delete whole[key];
    const text = canonical(whole);
    const leaf = leafHash(utf8(text));
    chained.push({ text, leaf });
    prev = b64(leaf);
    if (kind !== 'access' && (kind !== 'genesis' || index === 0)) control = { index, leaf: prev };
  });
  return chained;
}

/** A signed checkpoint over the first `size` of some leaves. */
export function checkpointOf(
  leaves: readonly Uint8Array[],
  size: number,
  signers: readonly SecretKey[],
  origin = ORIGIN,
): string {
  return signNote(headText({ origin, size, root: rootOf(leaves.slice(0, size)) }), signers);
}

/** The log of chained entries with checkpoints of these sizes, all of them signed by one key. */
export function logOf(
  chained: readonly Chained[],
  sizes: readonly number[],
  signer: SecretKey = signerOf('log'),
): LogFile {
  const leaves = chained.map(({ leaf }) => leaf);
  return {
    entries: chained.map(({ text }) => text),
    checkpoints: sizes.map((size) => checkpointOf(leaves, size, [signer])),
  };
}

/** The same log with some stored items replaced. */
export function withItems(log: LogFile, items: Readonly<Record<number, StoredItem>>): LogFile {
  return { ...log, entries: log.entries.map((item, at) => items[at] ?? item) };
}

/** A vault to make logs with. */
export interface Cast {
  readonly pointerKey: Uint8Array;
  readonly lookupKey: Uint8Array;
  readonly idKey: Uint8Array;
  readonly employee: Handle;
  readonly customer: Handle;
  readonly other: Handle;
}

export function castOf(label: string): Cast {
  const random = seeded(`cast ${label}`);
  const handle = (type: string, id: string): Handle => ({
    type,
    id,
    number: random(16),
    salt: random(32),
    key: random(32),
  });
  const [pointerKey, lookupKey, idKey] = [random(32), random(32), random(32)];
  const [employee, customer, other] = [
    handle('employee', 'e-17'),
    handle('customer', 'c-1001'),
    handle('customer', 'c-1002'),
  ];
  return { pointerKey, lookupKey, idKey, employee, customer, other };
}

export interface NewId {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** A UUIDv7 of the moment at which the step of this index is recorded. */
export function idAt(index: number): NewId {
  const bytes = timedId(NOON + index * 1000, seeded(`id ${index}`)(10));
  return { bytes, text: uuidText(bytes) };
}

export function mention(cast: Cast, handle: Handle, id: NewId, position: number): MentionText & JsonObject {
  return { ...mentionOf(handle, cast.pointerKey, id.bytes, position) };
}

/** One sealed part of an entry that is not split, or of one part. */
export function sealed(
  id: NewId,
  about: { readonly part: string; readonly position: number; readonly partNumber?: number },
  persons: readonly (readonly [number, Handle])[],
  value: JsonObject,
): SealedText & JsonObject {
  const place = {
    origin: ORIGIN,
    entryId: id.text,
    partNumber: about.partNumber ?? 0,
    position: about.position,
  };
  const keys = persons.map(([, { key }]) => key);
  const positions = persons.map(([position]) => position);
  const random = seeded(`part ${about.part} ${about.position} of ${id.text} ${about.partNumber ?? 0}`);
  return { ...sealPart(place, about.part, positions, value, { salt: random(32), nonce: random(24), keys }) };
}
