import { decodeBase64url, parseVkey, rotationMessage } from '@zegel/core';
import type { Retention } from '../replica/rows.ts';

const ACCESS = Buffer.from('"kind":"access"');
const RETENTION = Buffer.from('"kind":"retention"');
const KEY = Buffer.from('"kind":"key"');
const NUMBER = 16;

/** What a replica must know of the entries of a segment beyond their hashes and ids. */
export interface EntryFacts {
  /** Newest entry that is not an access; undefined where all are. */
  readonly control: number | undefined;
  readonly retentions: readonly Retention[];
  /** `key` entries, not yet checked. */
  readonly rotations: readonly Rotation[];
}

/** A new verifier key and the signature by the one in force. */
export interface Rotation {
  readonly vkey: string;
  readonly signature: string;
}

/** Facts about entries from index `first` on; a body that is gone was an access. Entry 0 begins the control chain, whatever it is. */
export function factsOf(first: number, entries: readonly (Uint8Array | undefined)[]): EntryFacts {
  let control: number | undefined = first === 0 ? 0 : undefined;
  const retentions: Retention[] = [];
  const rotations: Rotation[] = [];
  for (const [n, entry] of entries.entries()) {
    if (entry === undefined) continue;
    const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.length);
    if (bytes.includes(ACCESS)) continue;
    control = first + n;
    if (bytes.includes(RETENTION)) retentions.push({ index: first + n, numbers: handlesOf(bytes) });
    if (bytes.includes(KEY)) rotations.push(...rotationIn(bytes));
  }
  return { control, retentions, rotations };
}

/** Verifier keys after these rotations: each counts only when the key in force has signed it (format v1 §2). */
export function keysAfter(
  origin: string,
  keys: readonly string[],
  rotations: readonly Rotation[],
): readonly string[] {
  const all = [...keys];
  for (const { vkey, signature } of rotations) {
    const inForce = all.at(-1);
    if (inForce !== undefined && isSigned(origin, inForce, { vkey, signature })) all.push(vkey);
  }
  return all;
}

function isSigned(origin: string, inForce: string, { vkey, signature }: Rotation): boolean {
  try {
    const next = parseVkey(vkey);
    const old = parseVkey(inForce);
    return next.name === origin && old.verify(rotationMessage(origin, vkey), decodeBase64url(signature));
  } catch {
    // What can't be read names no key; verification reports it.
    return false;
  }
}

function handlesOf(bytes: Buffer): Uint8Array[] {
  const handles = parsed(bytes)['handles'];
  if (!Array.isArray(handles)) return [];
  const numbers = handles.map((text) => Buffer.from(String(text), 'base64url'));
  return numbers.filter(({ length }) => length === NUMBER);
}

function rotationIn(bytes: Buffer): Rotation[] {
  const { vkey, signature, kind } = parsed(bytes);
  if (kind !== 'key' || typeof vkey !== 'string' || typeof signature !== 'string') return [];
  return [{ vkey, signature }];
}

function parsed(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Bytes that are no entry say nothing here; verification names them.
    return {};
  }
}
