import { type Finding, findingLevel, openCheckpoint, parseVkey } from '@zegel/core';
import {
  openReader,
  type Reported,
  type VaultReader,
  type VerifyOptions,
  type VerifyReport,
  verifyLog,
} from '@zegel/log';
import { usage } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { readText } from '../run/files.ts';
import { isOn, none, optionText, optionTexts } from '../run/given.ts';
import { indexPath, KEYS_OPTION, keysOf, LOG_OPTION, logUrl } from '../run/locate.ts';
import { counted } from '../run/progress.ts';
import { vaultDamage, vaultToCheck } from '../run/vault-to-check.ts';
import { verifierKey } from '../run/verifier-key.ts';
import { reportJson, reportWords } from '../say/verify-report.ts';

/** `zegel verify`. */
export const verify: Command = {
  name: 'verify',
  usage: '[--log LOG] [--checkpoint FILE] [--vkey KEY] [--state FILE]',
  about: [
    'Entries, chain, tree, signatures, registers, deletions. A log can vouch for itself whatever was done to it: compare',
    'it with a checkpoint and a verifier key kept elsewhere, or with a state file that only this verifier writes.',
  ],
  options: {
    ...LOG_OPTION,
    ...KEYS_OPTION,
    checkpoint: {
      type: 'string',
      multiple: true,
      value: 'FILE',
      about: 'a checkpoint kept elsewhere; may be repeated',
    },
    vkey: { type: 'string', value: 'KEY', about: 'the verifier key noted elsewhere' },
    state: {
      type: 'string',
      value: 'FILE',
      about: 'remembers the head found good, by verifier key, for the next time',
    },
    incremental: { type: 'boolean', about: 'checks only what came after the head in the state file' },
    vault: {
      type: 'boolean',
      about: 'also every mention and readable part against the vault, and its file (needs keys)',
    },
    index: { type: 'boolean', about: 'also the search index against the log' },
    json: {
      type: 'boolean',
      about: '{ok,size,root,checked,failures:[{code,index?,message}],pruned,witnessed,against,warnings}',
    },
  },
  examples: [
    'zegel verify --log ./audit --checkpoint /mnt/elsewhere/audit.checkpoint --vkey "$(cat audit.vkey)"',
    'zegel verify --log ./audit --state ~/audit.state --incremental',
  ],
  async run(context) {
    none(context);
    const url = logUrl(context);
    const options = await outside(context);
    const { vault, findings } = isOn(context, 'vault')
      ? await vaultToCheck(url, keysOf(context, url))
      : { findings: [] };
    try {
      const onProgress = (checked: number, size: number): void =>
        context.progress.tell(() => `verified ${counted(checked)} of ${counted(size)} entries`);
      const report = await verifyLog(url, { ...options, ...(vault && { vault }), onProgress });
      const around = isOn(context, 'index') ? await compared(url, vault) : [];
      const whole = withFindings(report, [...findings, ...around]);
      context.progress.clear();
      await context.out.write(isOn(context, 'json') ? reportJson(whole) : reportWords(whole));
      return whole.ok ? EXIT.fine : EXIT.refused;
    } finally {
      vault?.close();
    }
  },
};

/** What was kept outside the log. @throws CliError USAGE, FILE_MISSING; FormatError or NoteError for what is no checkpoint */
async function outside(context: Context): Promise<VerifyOptions> {
  const vkey = optionText(context, 'vkey')?.trim();
  if (vkey !== undefined) verifierKey(vkey);
  const state = optionText(context, 'state');
  const incremental = isOn(context, 'incremental');
  if (incremental && state === undefined) throw usage('--incremental goes on from a --state file');
  const held = [];
  for (const from of optionTexts(context, 'checkpoint')) {
    const note = await readText(from);
    if (vkey !== undefined) openCheckpoint(note, [parseVkey(vkey)]);
    held.push({ note, from });
  }
  return { held, incremental, ...(vkey !== undefined && { vkey }), ...(state !== undefined && { state }) };
}

async function compared(url: string, vault: VaultReader | undefined): Promise<readonly Finding[]> {
  const { compareIndex, indexVault } = await import('@zegel/search');
  await using log = await openReader(url);
  try {
    const { findings } = await compareIndex({
      path: indexPath(url),
      log,
      vault: vault && indexVault(vault, log.origin),
    });
    return findings;
  } catch (error) {
    return [vaultDamage(error)];
  }
}

function withFindings(report: VerifyReport, findings: readonly Finding[]): VerifyReport {
  const told = (level: 'failure' | 'warning'): Reported[] =>
    findings
      .filter(({ code }) => findingLevel(code) === level)
      .map(({ code, index, message }) => ({ code, ...(index !== undefined && { index }), message }));
  const failures = [...report.failures, ...told('failure')];
  return {
    ...report,
    ok: failures.length === 0 && report.ok,
    failures,
    warnings: [...report.warnings, ...told('warning')],
  };
}
