import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeBase64 } from '@zegel/core';
import { type LogReader, openReader, type VaultReader, type VerifyReport, verifyLog } from '@zegel/log';
import type { CheckOutcome, CheckRequest, CheckTold } from './check-protocol.ts';
import { walkControl } from './control-walk.ts';
import type { CheckKind, SideResult } from './integrity-state.ts';
import { isPassing, joinNotices, MOST_NOTICES, type Notice } from './notice.ts';
import { rehash } from './rehash.ts';
import { compareSide, type IndexExtent, type Side, SKIPPED, vaultSide } from './sides.ts';
import { loadTree, type TrustedTree } from './trusted-tree.ts';
import { uncovered } from './uncovered.ts';

/** Time for a destruction or a pruning under way to come to its end. */
const MOMENT = 1000;
const MOST_THREADS = 4;

/**
 * Does one check. Whatever a round finds is looked into by a full check at once, and so is what a full check may have met half
 * done, as a destruction between its entry and its handles.
 *
 * @throws LogError, or the store's error, when there is no log to check or the heads remembered can't be read
 */
export async function runCheck(request: CheckRequest, told: CheckTold): Promise<CheckOutcome> {
  const first = await look(request, request.kind, told);
  const lasting = first.failures.filter(({ code }) => !isPassing(code));
  if (first.ok || (request.kind === 'full' && lasting.length > 0)) return first;
  if (lasting.length > 0) told.found(lasting);
  else await pause(MOMENT);
  const closer = await look(request, 'full', told);
  // It says all there is to be said. Should it find nothing, what was seen before was there all the same.
  const failures = closer.ok ? lasting : closer.failures;
  return { ...closer, ok: failures.length === 0, failures, ...(failures.length > 0 && { tree: undefined }) };
}

async function look(request: CheckRequest, kind: CheckKind, told: CheckTold): Promise<CheckOutcome> {
  const reader = await openReader(request.log).catch(() => undefined); // verification says why
  const extent = extentOf(request, kind, (await reader?.size()) ?? 0);
  const needsVault = reader !== undefined && (extent.vault || extent.index !== 'none');
  const side = needsVault ? await vaultSide(request) : undefined;
  try {
    const vault = extent.vault ? side : undefined;
    const report = await verify(request, kind, vault?.vault, told);
    const found = await aroundOf(request, kind, reader, report, told);
    const index =
      reader === undefined
        ? SKIPPED
        : await compareSide({ request, log: reader, vault: side?.vault, extent: extent.index }, told);
    return outcome(reader, report, found, [
      { result: vaultResult(vault, report), notices: vault?.notices ?? [], next: 0 },
      index,
    ]);
  } finally {
    side?.vault?.close();
    await reader?.close();
  }
}

/** How much of what is beside the entries is looked at. */
function extentOf(
  { sides }: CheckRequest,
  kind: CheckKind,
  size: number,
): { readonly vault: boolean; readonly index: IndexExtent } {
  const part = sides.budget > 0 ? 'part' : 'none';
  return {
    vault: kind === 'full' || size <= sides.vault,
    index: kind === 'full' || size <= sides.index ? 'whole' : part,
  };
}

function verify(
  { log, heads, vkey, held, urgent }: CheckRequest,
  kind: CheckKind,
  vault: VaultReader | undefined,
  { progress }: CheckTold,
): Promise<VerifyReport> {
  return verifyLog(log, {
    state: heads,
    ...(vkey !== undefined && { vkey }),
    ...(vault && { vault }),
    // What came after the last good head is soon done; what the operator holds may be older than that.
    ...(kind === 'round' ? { incremental: true, threads: 0 } : { held, threads: urgent ? threads() : 0 }),
    onProgress: (done, total) => progress({ stage: 'entries', done, total }),
  });
}

function threads(): number {
  return Math.min(Math.max(availableParallelism() - 1, 1), MOST_THREADS);
}

interface Around extends Pick<CheckOutcome, 'notes' | 'tree' | 'nextBody' | 'rehashed'> {
  readonly notices: readonly Notice[];
}

/** Hashes of what was found good, bodies hashed again by them, and what the log says is missing. */
async function aroundOf(
  { notes, bodies }: CheckRequest,
  kind: CheckKind,
  reader: LogReader | undefined,
  { ok, size, checked, root }: VerifyReport,
  { progress }: CheckTold,
): Promise<Around> {
  const none = { notes, tree: undefined, nextBody: 0, rehashed: checked, notices: [] };
  if (reader === undefined || !ok) return none;
  const tree = await loadTree(reader, size, decodeBase64(root)).catch(() => undefined);
  if (tree === undefined)
    return {
      ...none,
      notices: [{ code: 'tree-hash', message: 'the stored hashes do not give the root of the entries' }],
    };
  if (kind === 'full' || checked === size) return { ...none, tree, notes: await walkControl(reader, notes) };
  return bodiesAgain(reader, tree, { notes, bodies }, progress);
}

async function bodiesAgain(
  reader: LogReader,
  tree: TrustedTree,
  { notes: before, bodies }: Pick<CheckRequest, 'notes' | 'bodies'>,
  progress: CheckTold['progress'],
): Promise<Around> {
  const until = performance.now() + bodies.budget;
  const { notices, missing, count, next } = await rehash(reader, tree, {
    from: bodies.from,
    more: () => performance.now() < until,
    onProgress: (done) => progress({ stage: 'bodies', done, total: tree.size }),
  });
  // After the bodies: the entry that covers one is in the log before the body goes.
  const notes = await walkControl(reader, before);
  return {
    notes,
    tree,
    nextBody: next,
    rehashed: count,
    notices: [...notices, ...uncovered(missing, notes.pruned)],
  };
}

const VAULT_CODES: ReadonlySet<string> = new Set([
  'mention-unopened',
  'handle-unknown',
  'handle-undead',
  'handle-reused',
  'commitment-wrong',
]);

function vaultResult(
  vault: { readonly notices: readonly Notice[]; readonly vault?: VaultReader } | undefined,
  report: VerifyReport,
): SideResult {
  if (vault === undefined) return 'skipped';
  if (vault.notices.length > 0) return 'failed';
  if (vault.vault === undefined) return 'unreadable';
  return report.failures.some(({ code, message }) => VAULT_CODES.has(code) || message.startsWith('vault.db'))
    ? 'failed'
    : 'good';
}

function outcome(
  reader: LogReader | undefined,
  report: VerifyReport,
  { notes, tree, nextBody, rehashed, notices }: Around,
  [vault, index]: readonly [Side, Side],
): CheckOutcome {
  const failures = joinNotices(
    report.failures,
    [...notices, ...vault.notices, ...index.notices],
    MOST_NOTICES,
  );
  const all = report.failures.length + notices.length + vault.notices.length + index.notices.length;
  return {
    origin: reader?.origin,
    vkey: reader?.vkey,
    ok: failures.length === 0,
    whole: report.checked === report.size,
    size: report.size,
    root: report.root,
    checked: report.checked,
    rehashed,
    nextBody,
    nextIndex: index.next,
    failures,
    warnings: report.warnings.slice(0, MOST_NOTICES),
    more: report.unlisted + Math.max(0, all - failures.length),
    prunedBodies: report.pruned,
    index: index.result,
    vault: vault.result,
    notes,
    tree: failures.length === 0 ? tree : undefined,
  };
}
