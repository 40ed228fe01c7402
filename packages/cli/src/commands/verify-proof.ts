import { checkTlogProof, type TlogProofResult, type Verifier } from '@zegel/core';
import type { Command } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { readSmallFile } from '../run/files.ts';
import { isOn, only, required } from '../run/given.ts';
import { verifierKey } from '../run/verifier-key.ts';

/** `zegel verify-proof`. */
export const verifyProof: Command = {
  name: 'verify-proof',
  usage: 'FILE --entry FILE --vkey KEY',
  about: [
    'The entry file holds the exact bytes of the entry. Where those do not fit, and the file ends in a line end that an',
    'editor may have put there, the bytes without it are tried, and the answer says so.',
  ],
  options: {
    entry: { type: 'string', value: 'FILE', about: 'the entry (zegel show INDEX --raw)' },
    vkey: { type: 'string', value: 'KEY', about: "the log's verifier key, noted before" },
    json: { type: 'boolean', about: '{ok,index?,size?,origin?,reason?,trimmed?}' },
  },
  examples: ['zegel verify-proof 42.tlog-proof --entry 42.entry --vkey "$(cat audit.vkey)"'],
  async run(context) {
    const file = only(context, 'FILE');
    const entryFile = required(context, 'entry', 'which file holds the exact bytes of the entry?');
    const verifier = verifierKey(required(context, 'vkey', "the log's verifier key"));
    const proof = Buffer.from(await readSmallFile(file)).toString();
    const { result, trimmed } = check(proof, await readSmallFile(entryFile), verifier);
    await context.out.write(isOn(context, 'json') ? json(result, trimmed) : words(result, trimmed));
    return result.ok ? EXIT.fine : EXIT.refused;
  },
};

const NEWLINE = 0x0a;

function check(
  proof: string,
  entry: Uint8Array,
  verifier: Verifier,
): { result: TlogProofResult; trimmed: boolean } {
  const verifiers = [verifier];
  const exact = checkTlogProof({ proof, entry, verifiers });
  if (exact.ok || entry.at(-1) !== NEWLINE) return { result: exact, trimmed: false };
  const result = checkTlogProof({ proof, entry: entry.subarray(0, -1), verifiers });
  return result.ok ? { result, trimmed: true } : { result: exact, trimmed: false };
}

function json(result: TlogProofResult, trimmed: boolean): string {
  if (!result.ok) return `${JSON.stringify({ ok: false, reason: result.reason })}\n`;
  const { origin, size } = result.checkpoint;
  return `${JSON.stringify({ ok: true, index: result.index, size, origin, ...(trimmed && { trimmed }) })}\n`;
}

function words(result: TlogProofResult, trimmed: boolean): string {
  if (!result.ok) return `NOT PROVED: ${result.reason}\n`;
  const { origin, size } = result.checkpoint;
  const note = trimmed
    ? ' (the entry file without the line end at its end, which is not part of the entry)'
    : '';
  return `proved: this is entry ${result.index} of ${origin}, as its checkpoint of ${size} entries has it${note}\n`;
}
