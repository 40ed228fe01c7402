import { base64, unb64, utf8 } from '../bytes.ts';
import { castOf, chainOf, checkpointOf, ORIGIN, signerOf } from '../maker.ts';
import { isProved, noteOf, parseNote, parseVkey } from '../note.ts';
import { story } from '../story.ts';
import { inclusionPath, isIncluded, leafHash } from '../tree.ts';
import { demand, type NamedVector } from './vector.ts';

const chain = chainOf(story(castOf('story')));
const leaves = chain.map(({ leaf }) => leaf);
const signer = signerOf('log');
const SIZE = leaves.length;
const checkpoint = checkpointOf(leaves, SIZE, [signer]);

interface Given {
  readonly index: number;
  readonly path: readonly string[];
  readonly note: string;
  readonly entry: string;
  readonly vkeys: readonly string[];
  readonly origin?: string;
  readonly extra?: string;
  readonly file: (text: string) => string;
}

function pathOf(index: number, size = SIZE): readonly string[] {
  return inclusionPath(index, leaves.slice(0, size)).map(base64);
}

function entryAt(index: number): string {
  return chain[index]?.text ?? '';
}

const GOOD: Given = {
  index: 5,
  path: pathOf(5),
  note: checkpoint,
  entry: entryAt(5),
  vkeys: [signer.vkey],
  file: (text) => text,
};

function proof(name: string, desc: string, change: Partial<Given>, holds = false): NamedVector {
  const { index, path, note, entry, vkeys, origin, extra, file } = { ...GOOD, ...change };
  const head = [
    'c2sp.org/tlog-proof@v1',
    ...(extra === undefined ? [] : [`extra ${extra}`]),
    `index ${index}`,
    ...path,
  ];
  const text = file(`${head.join('\n')}\n\n${note}`);
  const at = `proof/${name}`;
  const keys = vkeys.map(parseVkey).filter((key) => key !== undefined);
  const isOrigin = origin === undefined || origin === ORIGIN;
  demand(at, holds, isOrigin && isProved(text, leafHash(utf8(entry)), keys, isIncluded));
  const want = holds ? { index } : { refused: true as const };
  return [
    at,
    { desc, op: 'check-proof', proof: text, entry, vkeys, ...(origin !== undefined && { origin }), want },
  ];
}

export function proofVectors(): readonly NamedVector[] {
  const at = (index: number): Partial<Given> => ({ index, path: pathOf(index), entry: entryAt(index) });
  const one = { index: 0, path: [], note: checkpointOf(leaves, 1, [signer]), entry: entryAt(0) };
  return [
    ...leaves.map((_, i) => proof(`entry-${i}`, `entry ${i} of ${SIZE}`, at(i), true)),
    proof('tree-of-one', 'a tree of one entry needs no hash', one, true),
    proof(
      'extra',
      'extra data are allowed and vouched for by nobody',
      { extra: base64(utf8('a receipt')) },
      true,
    ),
    proof('origin', 'of the origin expected', { origin: ORIGIN }, true),
    ...mutations(),
    ...forms(),
  ];
}

function mutations(): readonly NamedVector[] {
  const path = GOOD.path;
  const flips = path.map((hash, i) => {
    const flipped = path.map((other, j) => (i === j ? base64(bitFlipped(hash)) : other));
    return proof(`hash-${i}-bit`, `one bit of hash ${i}`, { path: flipped });
  });
  const { text, lines } = parseNote(checkpoint);
  const bad = lines.map((line) => ({
    ...line,
    signature: line.signature.map((byte, i) => (i === 63 ? byte ^ 1 : byte)),
  }));
  return [
    ...flips,
    proof('entry-other', 'of another entry', { entry: entryAt(4) }),
    proof('entry-byte', 'one byte of the entry', {
      entry: entryAt(5).replace('customer.search', 'customer.searcH'),
    }),
    proof('entry-empty', 'of no entry', { entry: '' }),
    proof('index-plus', 'the index above', { index: 6 }),
    proof('index-minus', 'the index below', { index: 4 }),
    proof('index-beyond', 'an index that the tree does not have', { index: SIZE }),
    proof('path-short', 'a hash too few', { path: path.slice(0, -1) }),
    proof('path-shorter', 'the first hash is missing', { path: path.slice(1) }),
    proof('path-long', 'a hash too many', { path: [...path, ...path.slice(0, 1)] }),
    proof('path-empty', 'no hashes', { path: [] }),
    proof('path-swapped', 'two hashes swapped', { path: [path[1] ?? '', path[0] ?? '', ...path.slice(2)] }),
    proof('checkpoint-older', 'the checkpoint of a smaller tree', {
      note: checkpointOf(leaves, SIZE - 1, [signer]),
    }),
    proof('checkpoint-bad', 'one bit of the signature', { note: noteOf(text, bad) }),
    proof('checkpoint-root', 'another root', {
      note: checkpoint.replace(/\n[^\n]+\n\n/, `\n${base64(unb64('A'.repeat(43)))}\n\n`),
    }),
    proof('key-other', 'no key of the log is trusted', { vkeys: [signerOf('stranger').vkey] }),
    proof('key-none', 'no key is trusted', { vkeys: [] }),
    proof('origin-other', 'of another origin than expected', { origin: 'other.example/log' }),
  ];
}

function bitFlipped(hash: string): Uint8Array {
  return new Uint8Array(Buffer.from(hash, 'base64')).map((byte, i) => (i === 31 ? byte ^ 1 : byte));
}

function forms(): readonly NamedVector[] {
  const file = (name: string, desc: string, change: (text: string) => string): NamedVector => {
    const whole = proof(`form-${name}`, desc, { file: change });
    if (change('c2sp.org/tlog-proof@v1\nindex 5\nA=\n\nx') === 'c2sp.org/tlog-proof@v1\nindex 5\nA=\n\nx')
      throw new Error(name);
    return whole;
  };
  return [
    file('header', 'another version', (text) => text.replace('@v1', '@v2')),
    file('no-header', 'no header', (text) => text.slice(text.indexOf('\n') + 1)),
    file('no-index', 'no index', (text) => text.replace(/index \d+\n/, '')),
    file('index-zero', 'an index with a leading zero', (text) => text.replace('index ', 'index 0')),
    file('index-hex', 'an index in another notation', (text) => text.replace('index 5', 'index 0x5')),
    file('no-blank', 'no empty line before the checkpoint', (text) => text.replace('\n\n', '\n')),
    file('two-blanks', 'an empty line too many', (text) => text.replace('\n\n', '\n\n\n')),
    file('unpadded', 'hashes without padding', (text) => text.replace('=\n', '\n')),
    file('extra-empty', 'extra without data', (text) => text.replace('index', 'extra \nindex')),
    file('extra-late', 'extra behind the index', (text) =>
      text.replace(/index \d+\n/, (line) => `${line}extra YQ==\n`),
    ),
  ];
}
