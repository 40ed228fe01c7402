import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Bytes, decodeBase64url, encodeBase64url, utf8 } from '../browser/verify-bytes.ts';
import { openCheckpoint } from '../browser/verify-checkpoint.ts';
import { parseVkey, type VerifierKey } from '../browser/verify-key.ts';
import { parseTlogProof } from '../browser/verify-tlog-proof.ts';
import { isIncluded, leafHash } from '../browser/verify-tree.ts';

const { subtle } = crypto;
const folder = new URL('../../../vectors/', import.meta.url);

interface Vector {
  readonly name: string;
  readonly desc: string;
  readonly op: string;
  readonly note: string;
  readonly proof: string;
  readonly entry: string;
  readonly vkeys: readonly string[];
  readonly origin?: string;
  readonly want: Readonly<Record<string, unknown>>;
}

function vectors(kind: string, op: string): readonly Vector[] {
  return readdirSync(new URL(`${kind}/`, folder))
    .map((name) => ({
      ...(JSON.parse(readFileSync(new URL(`${kind}/${name}`, folder), 'utf8')) as Vector),
      name,
    }))
    .filter((vector) => vector.op === op);
}

/** Keys as a browser reads them, those that are given twice too. */
async function keysOf(vkeys: readonly string[]): Promise<readonly VerifierKey[]> {
  return (await Promise.all(vkeys.map((text) => parseVkey(text, subtle)))).filter((key) => key !== undefined);
}

describe("the project's own vectors: proofs", () => {
  const all = vectors('proof', 'check-proof');

  test('are there', () => expect(all.length).toBeGreaterThan(30));

  test.each(all)('$name: $desc', async ({ proof, entry, vkeys, origin, want }) => {
    const parsed = parseTlogProof(proof);
    const opened = parsed && (await openCheckpoint(parsed.checkpoint, await keysOf(vkeys), subtle));
    const checkpoint = opened?.kind === 'signed' ? opened.checkpoint : undefined;
    const holds =
      parsed !== undefined &&
      checkpoint !== undefined &&
      (origin === undefined || origin === checkpoint.origin) &&
      (await isIncluded(
        { ...parsed, size: checkpoint.size, leaf: await leafHash(utf8(entry), subtle) },
        checkpoint.root,
        subtle,
      ));
    expect(holds ? { index: parsed.index } : { refused: true }).toEqual(want);
  });
});

describe("the project's own vectors: checkpoints", () => {
  const all = vectors('checkpoint', 'open-checkpoint');

  test('are there', () => expect(all.length).toBeGreaterThan(20));

  test.each(all)('$name: $desc', async ({ note, vkeys, want }) => {
    const opened = await openCheckpoint(note, await keysOf(vkeys), subtle);
    const told =
      opened.kind === 'signed'
        ? {
            origin: opened.checkpoint.origin,
            size: opened.checkpoint.size,
            root: encodeBase64url(opened.checkpoint.root),
          }
        : 'refused';
    expect(told).toEqual(
      'root' in want ? { origin: want['origin'], size: want['size'], root: want['root'] } : 'refused',
    );
  });
});

test('base64url has one form', () => {
  const bytes: Bytes = Uint8Array.of(251, 239, 191, 1);
  expect(encodeBase64url(bytes)).toBe('---_AQ');
  expect(decodeBase64url('---_AQ')).toEqual(bytes);
  for (const other of ['+++/AQ', '---_AQ==', '---_AR', ' ---_AQ', '---_A', 'é'])
    expect(decodeBase64url(other), other).toBeUndefined();
});
