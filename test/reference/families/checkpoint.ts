import { b64, unbase64 } from '../bytes.ts';
import { rotationText } from '../check-heads.ts';
import type { LogQuestion } from '../check-log.ts';
import { castOf, chainOf, checkpointOf, logOf, ORIGIN, type Step, signerOf } from '../maker.ts';
import { headText, noteOf, openCheckpoint, parseNote, parseVkey, type SecretKey, signNote } from '../note.ts';
import { access, common, SIGNED, story } from '../story.ts';
import { rootOf } from '../tree.ts';
import { type Short, signedOnce, verified } from './log-vector.ts';
import { demand, type NamedVector } from './vector.ts';

const cast = castOf('story');
const signer = signerOf('log');
const stranger = signerOf('stranger');
const witness = signerOf('witness', 'witness.example/w1');
const chain = chainOf(story(cast));
const leaves = chain.map(({ leaf }) => leaf);
const log = logOf(chain, SIGNED);

function at(size: number, signers: readonly SecretKey[] = [signer]): string {
  return checkpointOf(leaves, size, signers);
}

/** A note whose last signature has one bit flipped. */
function badly(note: string): string {
  const { text, lines } = parseNote(note);
  const last = lines.length - 1;
  return noteOf(
    text,
    lines.map((line, i) =>
      i === last ? { ...line, signature: line.signature.map((b, j) => (j === 0 ? b ^ 1 : b)) } : line,
    ),
  );
}

function asked(name: string, desc: string, more: Partial<LogQuestion>, want: readonly Short[]): NamedVector {
  return verified(`checkpoint/${name}`, desc, { log, origin: ORIGIN, ...more }, want);
}

function withHeads(
  name: string,
  desc: string,
  checkpoints: readonly string[],
  want: readonly Short[],
): NamedVector {
  return asked(name, desc, { log: { ...log, checkpoints } }, want);
}

export function checkpointVectors(): readonly NamedVector[] {
  return [...stored(), ...held(), ...rotations(), ...notes()];
}

function stored(): readonly NamedVector[] {
  const otherRoot = signNote(headText({ origin: ORIGIN, size: 9, root: rootOf(leaves.slice(1)) }), [signer]);
  const otherOrigin = checkpointOf(leaves, 9, [signerOf('log', 'other.example/log')], 'other.example/log');
  const cut = { ...log, entries: log.entries.slice(0, 8) };
  return [
    withHeads('good', 'checkpoints of 2, 6 and 9 entries', [at(2), at(6), at(9)], []),
    withHeads(
      'good-witnessed',
      'lines of witnesses are no business of the log',
      [at(9, [signer, witness])],
      [],
    ),
    withHeads(
      'wrong-root',
      'a signed root that the entries do not give',
      [at(6), otherRoot],
      ['root-mismatch@6'],
    ),
    withHeads(
      'unknown-key',
      'signed by a key that the log does not name',
      [at(6), at(9, [stranger])],
      ['signature-unknown@6'],
    ),
    withHeads(
      'witness-only',
      'signed by a witness, not by the log',
      [at(6), at(9, [witness])],
      ['signature-unknown@6'],
    ),
    withHeads('bad-signature', 'one bit of the signature', [at(6), badly(at(9))], ['signature-bad@6']),
    withHeads(
      'bad-second',
      'a good signature and a bad one by the same key',
      [noteOf(parseNote(at(9)).text, [...parseNote(at(9)).lines, ...parseNote(badly(at(9))).lines])],
      ['signature-bad@0'],
    ),
    withHeads(
      'other-size',
      'the signature of another checkpoint',
      [at(6), noteOf(parseNote(at(9)).text, parseNote(at(6)).lines)],
      ['signature-bad@6'],
    ),
    withHeads(
      'other-origin',
      'a checkpoint of another origin',
      [at(6), otherOrigin],
      ['signature-unknown@6'],
    ),
    withHeads(
      'unsigned-tail',
      'three entries beyond the newest checkpoint',
      [at(2), at(6)],
      ['unsigned-tail@6'],
    ),
    withHeads('none', 'no checkpoint at all', [], ['unsigned-tail@0']),
    asked('truncated', 'the last entry is gone, its checkpoint is not', { log: cut }, ['truncated@8']),
    asked('trusted', 'the key is the one held elsewhere', { vkeys: [stranger.vkey, signer.vkey] }, []),
    asked('untrusted', 'the log names none of the keys held elsewhere', { vkeys: [stranger.vkey] }, [
      'signature-unknown@0',
    ]),
  ];
}

function held(): readonly NamedVector[] {
  const shorter = { entries: log.entries.slice(0, 6), checkpoints: [at(2), at(6)] };
  const rewritten = signedOnce([
    ...story(cast).slice(0, 8),
    access(cast, 8, { outcome: 'denied', source: { id: 'web-1', seq: 3 } }),
  ]);
  const grown = signedOnce([...story(cast), access(cast, 9)]);
  const foreign = checkpointOf(leaves, 20, [signerOf('log', 'other.example/log')], 'other.example/log');
  return [
    asked('held', 'checkpoints held elsewhere are those of the log', { held: [at(2), at(9)] }, []),
    asked('held-older', 'the log has grown since', { log: grown, held: [at(6), at(9)] }, []),
    asked(
      'held-truncated',
      'the log is shorter than a checkpoint held elsewhere',
      { log: shorter, held: [at(9)] },
      ['truncated@6'],
    ),
    asked(
      'held-forked',
      'the last entry was rewritten, chained and signed anew',
      { log: rewritten, held: [at(9)] },
      ['forked@8'],
    ),
    asked(
      'held-forked-longer',
      'rewritten and longer',
      {
        log: signedOnce([
          ...story(cast).slice(0, 8),
          access(cast, 8),
          access(cast, 9, { source: { id: 'web-1', seq: 3 } }),
        ]),
        held: [at(9)],
      },
      ['forked@8'],
    ),
    asked(
      'held-before-fork',
      'a checkpoint from before the fork shows nothing',
      { log: rewritten, held: [at(8)] },
      [],
    ),
    asked('held-other-origin', 'a checkpoint of another log raises no alarm', { held: [foreign] }, []),
    asked(
      'held-bad-signature',
      'a held checkpoint whose signature is bad is no evidence',
      { log: shorter, held: [badly(at(9))] },
      ['signature-bad'],
    ),
    asked('held-empty', 'the checkpoint of the empty log', { held: [at(0)] }, []),
  ];
}

function rotations(): readonly NamedVector[] {
  const next = signerOf('next');
  const key = (vkey: string, by: SecretKey, text = rotationText(ORIGIN, vkey)): Step => {
    return { fields: { ...common('key', 9), vkey, signature: b64(by.sign(text)) } };
  };
  const after = access(cast, 10, { actor: { kind: 'system' } });
  const rotated = chainOf([...story(cast), key(next.vkey, signer), after]);
  const [then, all] = [rotated.map(({ leaf }) => leaf), rotated.map(({ text }) => text)];
  const head = (size: number, signers: readonly SecretKey[]): string => checkpointOf(then, size, signers);
  const rotation = (
    name: string,
    desc: string,
    checkpoints: readonly string[],
    want: readonly Short[],
  ): NamedVector => {
    return asked(
      `rotation${name}`,
      desc,
      { log: { entries: all, checkpoints: [at(9), ...checkpoints] } },
      want,
    );
  };
  const refused = (name: string, desc: string, step: Step, want: readonly Short[]): NamedVector => {
    return asked(`rotation-${name}`, desc, { log: signedOnce([...story(cast), step]) }, want);
  };
  return [
    rotation(
      '',
      'the first checkpoint after a rotation by both keys, the next by the new one',
      [head(10, [signer, next]), head(11, [next])],
      [],
    ),
    rotation('-later', 'one checkpoint covers the rotation and more', [head(11, [signer, next])], []),
    rotation(
      '-new-only',
      'the first checkpoint after a rotation lacks the old key',
      [head(10, [next]), head(11, [next])],
      ['signature-unknown@9'],
    ),
    rotation(
      '-old-only',
      'the first checkpoint after a rotation lacks the new key',
      [head(10, [signer]), head(11, [next])],
      ['key-retired@9'],
    ),
    rotation(
      '-retired',
      'the old key signs on',
      [head(10, [signer, next]), head(11, [signer])],
      ['key-retired@10'],
    ),
    rotation('-both', 'the old key may sign along', [head(10, [signer, next]), head(11, [signer, next])], []),
    rotation(
      '-stranger',
      'a key that the log does not name',
      [head(10, [signer, next]), head(11, [stranger])],
      ['signature-unknown@10'],
    ),
    asked(
      'rotation-before',
      'the new key signs a checkpoint below its entry',
      { log: { entries: all, checkpoints: [at(9, [next]), head(11, [signer, next])] } },
      ['signature-unknown@0'],
    ),
    refused(
      'unsigned',
      'the old key has signed another successor',
      key(next.vkey, signer, rotationText(ORIGIN, stranger.vkey)),
      ['signature-bad@9'],
    ),
    refused('self-signed', 'the new key has signed itself', key(next.vkey, next), ['signature-bad@9']),
    refused(
      'other-origin',
      'the old key has signed for another origin',
      key(next.vkey, signer, rotationText('other.example/log', next.vkey)),
      ['signature-bad@9'],
    ),
    refused(
      'name',
      'the new key bears another name',
      key(signerOf('next', 'other.example/log').vkey, signer),
      ['malformed@9'],
    ),
    refused('no-key', 'what should be a key is none', key('next', signer), ['malformed@9']),
  ];
}

// Notes by themselves.
function notes(): readonly NamedVector[] {
  const good = at(9);
  const { text, lines } = parseNote(good);
  const [line] = lines;
  const resigned = (changed: string): string => signNote(changed, [signer]);
  const unpadded = good.replace(/=*\n$/, '\n');
  const trusted = [signer.vkey];
  const opened = (
    name: string,
    desc: string,
    note: string,
    error?: string,
    vkeys: readonly string[] = trusted,
  ): NamedVector => {
    const path = `checkpoint/note-${name}`;
    const answer = openCheckpoint(
      note,
      vkeys.map(parseVkey).filter((key) => key !== undefined),
    );
    demand(path, error, typeof answer === 'string' ? answer : undefined);
    const want = typeof answer === 'string' ? { error: answer } : { ...answer, root: b64(answer.root) };
    return [path, { desc, op: 'open-checkpoint', note, vkeys, want }];
  };
  return [
    opened('good', 'signed by the log', good),
    opened('witnessed', 'an unknown signature beside it says nothing', at(9, [witness, signer])),
    opened('twice', 'a signature twice', noteOf(text, [...lines, ...lines])),
    opened('extension', 'a further line in the checkpoint of another log', resigned(`${text}extension\n`)),
    opened('empty-log', 'size 0', at(0)),
    opened('largest', 'the largest size', resigned(`${ORIGIN}\n9007199254740991\n${text.split('\n')[2]}\n`)),
    opened('no-key', 'no key is trusted', good, 'NOTE_NO_KNOWN_KEY', []),
    opened('other-key', 'another key of the name', good, 'NOTE_NO_KNOWN_KEY', [stranger.vkey]),
    opened(
      'witness-key',
      'signed by a key that does not bear the name of the origin',
      at(9, [witness]),
      'NOTE_NO_KNOWN_KEY',
      [witness.vkey],
    ),
    opened('ambiguous', 'a key is given twice', good, 'NOTE_AMBIGUOUS_KEY', [...trusted, ...trusted]),
    opened('bad', 'one bit of the signature', badly(good), 'NOTE_BAD_SIGNATURE'),
    opened('bad-text', 'another size', good.replace('\n9\n', '\n8\n'), 'NOTE_BAD_SIGNATURE'),
    opened(
      'short-signature',
      'a signature of 63 bytes',
      noteOf(
        text,
        lines.map((one) => ({ ...one, signature: one.signature.slice(1) })),
      ),
      'NOTE_BAD_SIGNATURE',
    ),
    opened('no-signature', 'no signature line', `${text}\n`, 'NOTE_MALFORMED'),
    opened('no-blank', 'no empty line', good.replace('\n\n', '\n'), 'NOTE_MALFORMED'),
    opened('no-end', 'no newline at the end', good.slice(0, -1), 'NOTE_MALFORMED'),
    opened('more', 'text behind the signatures', `${good}more\n`, 'NOTE_MALFORMED'),
    opened('hyphen', 'a hyphen for the dash', good.replace('\u2014', '-'), 'NOTE_MALFORMED'),
    opened(
      'unpadded',
      'base64 without padding',
      unpadded === good ? good.slice(0, -2) : unpadded,
      'NOTE_MALFORMED',
    ),
    opened('tab', 'a control character', good.replace('\n\n', '\n\t\n\n'), 'NOTE_MALFORMED'),
    opened('carriage-return', 'lines that end as in mail', good.replaceAll('\n', '\r\n'), 'NOTE_MALFORMED'),
    opened(
      'too-many',
      'more than a hundred signatures',
      noteOf(
        text,
        Array.from({ length: 101 }, () => line ?? { name: '', id: '', signature: new Uint8Array() }),
      ),
      'NOTE_MALFORMED',
    ),
    opened(
      'leading-zero',
      'a size with a leading zero',
      resigned(text.replace('\n9\n', '\n09\n')),
      'BAD_CHECKPOINT',
    ),
    opened('size-plus', 'a size with a sign', resigned(text.replace('\n9\n', '\n+9\n')), 'BAD_CHECKPOINT'),
    opened(
      'size-unsafe',
      'a size of 2^53',
      resigned(text.replace('\n9\n', '\n9007199254740992\n')),
      'BAD_CHECKPOINT',
    ),
    opened(
      'root-short',
      'a root of 31 bytes',
      resigned(
        text.replace(
          /[^\n]+\n$/,
          `${Buffer.from(unbase64(text.split('\n')[2] ?? '').slice(1)).toString('base64')}\n`,
        ),
      ),
      'BAD_CHECKPOINT',
    ),
    opened(
      'root-url',
      'a root in base64url',
      resigned(`${ORIGIN}\n9\n${'-_'.repeat(21)}8=\n`),
      'BAD_CHECKPOINT',
    ),
    opened('two-lines', 'no root', resigned(`${ORIGIN}\n9\n`), 'BAD_CHECKPOINT'),
    opened('empty-line', 'an empty line in the text', resigned(`${text}\nx\n`), 'BAD_CHECKPOINT'),
    opened(
      'long-origin',
      'an origin of 256 bytes',
      signNote(text.replace(ORIGIN, 'x'.repeat(256)), [{ ...signer, name: ORIGIN }]),
      'BAD_CHECKPOINT',
    ),
    opened(
      'other-origin',
      'signed by the key of another origin',
      resigned(text.replace(ORIGIN, 'other.example/log')),
      'NOTE_NO_KNOWN_KEY',
    ),
  ];
}
