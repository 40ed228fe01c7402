import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCheckpoint } from '../src/checkpoint.ts';
import { leafHash } from '../src/merkle/hash.ts';
import { proveInclusion } from '../src/merkle/prove.ts';
import { createSigner, parseVkey } from '../src/note-key.ts';
import { signNote } from '../src/note-sign.ts';
import { formatTlogProof, parseTlogProof } from '../src/tlog-proof.ts';
import { checkTlogProof } from '../src/tlog-proof-check.ts';
import { Reference } from './merkle/reference.ts';
import { at, entriesTo, flip, sized, strictReader } from './merkle/trees.ts';
import { ascii, hex, thrownBy } from './shared.ts';

const log = createSigner('example.com/log', new Uint8Array(32).fill(1));
const other = createSigner('example.com/other', new Uint8Array(32).fill(2));
const verifiers = [parseVkey(log.vkey)];
const entries = entriesTo(11);
const tree = new Reference(entries);
const checkpoint = signNote(formatCheckpoint({ origin: log.name, size: sized(11), root: tree.root(0, 11) }), [
  log,
]);
const path = await proveInclusion(at(6), sized(11), strictReader(tree, 11));
const entry = entries[6] ?? new Uint8Array();
const file = formatTlogProof({ index: at(6), hashes: path, checkpoint, extra: ascii('hello') });

describe('a proof file', () => {
  it('has the lines of C2SP tlog-proof', () => {
    const lines = path.map((hash) => Buffer.from(hash).toString('base64'));
    expect(file).toBe(
      `c2sp.org/tlog-proof@v1\nextra aGVsbG8=\nindex 6\n${lines.join('\n')}\n\n${checkpoint}`,
    );
    expect(formatTlogProof({ index: at(0), hashes: [], checkpoint })).toBe(
      `c2sp.org/tlog-proof@v1\nindex 0\n\n${checkpoint}`,
    );
  });

  it('is read back as written', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const anyExtra = fc.option(fc.uint8Array({ minLength: 1, maxLength: 40 }), { nil: undefined });
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.array(hash, { maxLength: 63 }), anyExtra, (index, hashes, extra) => {
        const text = formatTlogProof({ index: at(index), hashes, checkpoint, extra });
        const read = parseTlogProof(text);
        expect(read.index).toBe(index);
        expect(read.hashes.map(hex)).toEqual(hashes.map(hex));
        expect(read.extra && hex(read.extra)).toBe(extra && hex(extra));
        expect(read.checkpoint).toBe(checkpoint);
        expect(formatTlogProof(read)).toBe(text);
      }),
    );
  });

  const bad = [
    '',
    file.split('\n\n')[0] ?? '',
    file.replace('@v1', '@v2'),
    file.replace('c2sp', ' c2sp'),
    file.replace('\nindex 6', ''),
    file.replace('index 6', 'index 06'),
    file.replace('index 6', 'index'),
    file.replace('index 6', 'index -6'),
    file.replace('index 6', 'index 9007199254740992'),
    file.replace('index 6', 'index 6\nextra aGVsbG8='),
    file.replace('extra aGVsbG8=', 'extra '),
    file.replace('extra aGVsbG8=', 'extra aGVsbG8'),
    file.replace('extra aGVsbG8=', 'extra aGVsbG8=\nextra aGVsbG8='),
    file.replace('index 6\n', 'index 6\nAAAA\n'),
    file.replaceAll('\n', '\r\n'),
    file.replace('index 6\n', `index 6\n${'A'.repeat(43)}=\n`.repeat(60)),
    file.replace('index 6\n', `index 6\n${`${'A'.repeat(43)}=\n`.repeat(60)}`),
  ];
  it.each(bad)('is refused: %j', (text) => {
    expect(thrownBy(() => parseTlogProof(text))).toMatchObject({
      name: 'FormatError',
      code: 'BAD_TLOG_PROOF',
    });
    expect(checkTlogProof({ proof: text, entry, verifiers }).ok).toBe(false);
  });

  it('with an empty line too early has something else for a checkpoint', () => {
    const text = file.replace('index 6\n', 'index 6\n\n');
    expect(parseTlogProof(text).hashes).toEqual([]);
    expect(checkTlogProof({ proof: text, entry, verifiers }).ok).toBe(false);
  });

  it('is not made of parts that would be read otherwise', () => {
    const proof = { index: at(6), hashes: path, checkpoint };
    const refused = { name: 'FormatError', code: 'BAD_TLOG_PROOF' };
    expect(thrownBy(() => formatTlogProof({ ...proof, extra: new Uint8Array(0) }))).toMatchObject(refused);
    expect(thrownBy(() => formatTlogProof({ ...proof, hashes: [new Uint8Array(31)] }))).toMatchObject(
      refused,
    );
    expect(
      thrownBy(() =>
        formatTlogProof({ ...proof, hashes: Array.from({ length: 64 }, () => new Uint8Array(32)) }),
      ),
    ).toMatchObject(refused);
  });
});

describe('checking a proof', () => {
  it('tells where the entry is and who says so', () => {
    for (const proof of [file, parseTlogProof(file)]) {
      expect(checkTlogProof({ proof, entry, verifiers, origin: log.name })).toMatchObject({
        ok: true,
        index: 6,
        checkpoint: { origin: log.name, size: 11 },
        note: { verified: [{ name: log.name }] },
      });
    }
  });

  it('fails for another entry, index, log, key or hash', () => {
    const proof = parseTlogProof(file);
    const others = [
      { proof, entry: entries[5] ?? entry, verifiers },
      { proof: { ...proof, index: at(5) }, entry, verifiers },
      { proof: { ...proof, index: at(11) }, entry, verifiers },
      { proof: { ...proof, hashes: proof.hashes.slice(1) }, entry, verifiers },
      { proof: { ...proof, checkpoint: checkpoint.replace('11', '12') }, entry, verifiers },
      { proof, entry, verifiers: [parseVkey(other.vkey)] },
      { proof, entry, verifiers: [] },
      { proof, entry, verifiers, origin: other.name },
      { proof, entry: leafHash(entry), verifiers },
      ...proof.hashes.map((_, i) => ({
        proof: { ...proof, hashes: proof.hashes.map((hash, j) => (i === j ? flip(hash, 77) : hash)) },
        entry,
        verifiers,
      })),
    ];
    for (const claim of others) {
      const result = checkTlogProof(claim);
      expect(result.ok || result.reason).toMatch(/./);
    }
  });
});
