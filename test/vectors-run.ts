/** Puts a vector's question to the packages and gives their answer in the words of the vector's `want`. */
import {
  canonicalize,
  checkMention,
  checkTlogProof,
  decodeBase64url,
  encodeBase64url,
  encodeUtf8,
  type Finding,
  FormatError,
  findingList,
  formatPlaintext,
  formatUuid,
  hmacSha256,
  type Inspection,
  inspectEntry,
  type JsonValue,
  LogChecker,
  memoryIdCollector,
  mentionOpening,
  mentionPtr,
  mentionRef,
  NoteError,
  openCheckpoint,
  openPart,
  type PrunedLeaf,
  parseCanonical,
  parseTime,
  parseUuid,
  parseVkey,
  personToken,
  prunedLeaf,
  readHead,
  SealError,
  type SealedValue,
  sealPart,
  uuidV7,
  uuidV8,
} from '@zegel/core';
import type { LogQuestion } from './reference/check-log.ts';
import type { BytesText, Vector } from './reference/families/vector.ts';
import { type Found, inOrder, type LogFile } from './reference/log-file.ts';
import { vaultFindings } from './vectors-vault.ts';

/** What the packages answer. */
export function answer(vector: Vector): unknown {
  switch (vector.op) {
    case 'canonicalize':
      return orCode(() => ({ text: canonicalize(JSON.parse(vector.json) as JsonValue) }));
    case 'parse-canonical':
      return orCode(() => {
        const bytes = bytesOf(vector);
        return { ok: canonicalize(parseCanonical(bytes)) === Buffer.from(bytes).toString() };
      });
    case 'mention':
      return mention(vector);
    case 'check-mention':
      return {
        holds: checkMention({ ...vector, opening: Buffer.from(vector.opening, 'hex').toString('latin1') }),
      };
    case 'seal':
      return orCode(() => sealed(vector));
    case 'open-part':
      return opened(vector);
    case 'inspect': {
      const { leaf, problems } = inspectEntry(bytesOf(vector));
      return { leaf, problems: problems.map(({ code }) => code) };
    }
    case 'verify-log':
      return { findings: findingsOf(vector) };
    case 'open-checkpoint':
      return orCode(() => {
        const { origin, size, root } = openCheckpoint(vector.note, vector.vkeys.map(parseVkey)).checkpoint;
        return { origin, size, root: encodeBase64url(root) };
      });
    case 'verify-vault':
      return { findings: vaultFindings(vector.log, vector.vault) };
    case 'named-id': {
      const name = encodeUtf8(canonicalize([vector.source, vector.id]));
      return { uuid: formatUuid(uuidV8(hmacSha256(decodeBase64url(vector.idKey), name))) };
    }
    case 'timed-id':
      return { uuid: formatUuid(uuidV7(vector.ms, fromHex(vector.random))) };
    case 'sameness': {
      const mac = hmacSha256(decodeBase64url(vector.sameKey), encodeUtf8(canonicalize(vector.event)));
      return { mac: toHex(mac) };
    }
    case 'check-proof': {
      const { proof, origin } = vector;
      const entry = encodeUtf8(vector.entry);
      const result = checkTlogProof({ proof, entry, verifiers: vector.vkeys.map(parseVkey), origin });
      return result.ok ? { index: result.index } : { refused: true };
    }
    default:
      return vector satisfies never;
  }
}

function mention(vector: Vector & { op: 'mention' }): object {
  const { handle, position } = vector;
  const entryId = parseUuid(vector.entryId);
  const opening = mentionOpening(decodeBase64url(handle.salt), entryId, position);
  return {
    opening: Buffer.from(opening, 'latin1').toString('hex'),
    ptr: mentionPtr(decodeBase64url(handle.number), decodeBase64url(vector.pointerKey), entryId, position),
    ref: mentionRef(opening, handle.type, handle.id),
    token: toHex(personToken(decodeBase64url(vector.lookupKey), handle.type, handle.id)),
  };
}

function sealed(vector: Vector & { op: 'seal' }): object {
  const { place, part, persons } = vector;
  const value = vector.value as SealedValue;
  const [salt, nonce] = [decodeBase64url(vector.salt), decodeBase64url(vector.nonce)];
  const keys = vector.keys.map(decodeBase64url);
  return {
    sealed: sealPart({ ...place, part, persons, value, salt, nonce, keys }),
    plaintext: toHex(formatPlaintext(salt, value)),
  };
}

function opened({ place, sealed: part, keys }: Vector & { op: 'open-part' }): object {
  const result = openPart({ ...place, sealed: part, keys: keys.map(decodeBase64url) });
  return result.ok ? { value: result.value, plaintext: toHex(result.plaintext) } : { reason: result.reason };
}

/** Everything that the checker of logs finds, in the order of vectors. */
export function findingsOf(question: LogQuestion): readonly Found[] {
  const list = findingList(1000);
  const { log, origin, vkeys, now, staleAfter } = question;
  const held = question.held?.map((note) => ({ note, from: 'elsewhere' }));
  const checker = new LogChecker({
    report: list.report,
    ids: memoryIdCollector(),
    ...(origin !== undefined && { origin }),
    ...(held !== undefined && { held }),
    ...(vkeys !== undefined && { vkeys }),
  });
  const heads = log.checkpoints.map((note) => readHead(note));
  const inspections = inspectionsOf(log);
  for (let size = 0; size <= inspections.length; size++) {
    for (const head of heads) if (head.size === size) checker.head(head);
    const item = inspections[size];
    if (item !== undefined) checker.next(item);
  }
  for (const head of heads) if (head.size > inspections.length) checker.head(head);
  const clock = now === undefined ? undefined : parseTime(now);
  checker.finish(
    clock === undefined ? undefined : { now: clock, ...(staleAfter !== undefined && { staleAfter }) },
  );
  return inOrder(list.findings.map(foundOf));
}

function foundOf({ code, index }: Finding): Found {
  return index === undefined ? { code } : { code, index };
}

/** The entries of a log in a vector as the packages inspect them. */
function inspectionsOf(log: LogFile): readonly (Inspection | PrunedLeaf)[] {
  return log.entries.map((stored) => {
    const { text, hex, leaf } = typeof stored === 'string' ? { text: stored } : stored;
    const storedLeaf = leaf === undefined ? undefined : decodeBase64url(leaf);
    if (text !== undefined) return inspectEntry(encodeUtf8(text), storedLeaf);
    if (hex !== undefined) return inspectEntry(fromHex(hex), storedLeaf);
    return prunedLeaf(storedLeaf ?? new Uint8Array(32));
  });
}

function orCode(call: () => object): object {
  try {
    return call();
  } catch (error) {
    if (error instanceof FormatError || error instanceof NoteError || error instanceof SealError)
      return { error: error.code };
    throw error;
  }
}

function bytesOf(given: BytesText): Uint8Array {
  return 'hex' in given ? fromHex(given.hex) : encodeUtf8(given.text);
}

function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
