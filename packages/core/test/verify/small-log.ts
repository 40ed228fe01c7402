import { encodeBase64url } from '../../src/base64url.ts';
import { treeSize } from '../../src/brand.ts';
import { canonicalize } from '../../src/canonical.ts';
import { formatCheckpoint } from '../../src/checkpoint.ts';
import { sha256Base64url } from '../../src/crypto.ts';
import { accessTemplate } from '../../src/entry/access-template.ts';
import { draftEntry, type EntryDraft, sealEntry } from '../../src/entry/draft.ts';
import { draftAccess } from '../../src/entry/draft-access.ts';
import { timeText } from '../../src/entry/time.ts';
import type { ControlLink, EntryFields, SubjectMention } from '../../src/entry/types.ts';
import { CompactRange } from '../../src/merkle/compact-range.ts';
import { leafHash } from '../../src/merkle/hash.ts';
import { createSigner, type Signer } from '../../src/note-key.ts';
import { signNote } from '../../src/note-sign.ts';
import { encodeUtf8 } from '../../src/utf8.ts';
import { LogChecker } from '../../src/verify/checker.ts';
import type { CheckerOptions, CheckSummary, Freshness } from '../../src/verify/checker-options.ts';
import { findingList } from '../../src/verify/finding-list.ts';
import { readHead, type SignedHead } from '../../src/verify/head.ts';
import { memoryIdCollector } from '../../src/verify/ids.ts';
import { inspectEntry, prunedLeaf } from '../../src/verify/inspect.ts';
import { genesisPrev } from '../../src/verify/keys.ts';

export const ORIGIN = 'shop.example/audit';
export const START = Date.UTC(2026, 10, 22, 12);

export const REGISTER: string = canonicalize({
  activities: {
    dashboard: { actions: ['read', 'update'], fields: ['email', 'name'], recipients: ['delivery'] },
    general: { fields: '*' },
  },
  recipients: { delivery: {} },
  roles: ['support'],
});

export function signer(seed = 1, name: string = ORIGIN): Signer {
  return createSigner(name, new Uint8Array(32).fill(seed));
}

export function uuid(n: number): string {
  return `01890000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function mention(n: number): { readonly ptr: string; readonly ref: string } {
  const bytes = new Uint8Array(32).fill(n % 256);
  return { ptr: encodeBase64url(bytes.subarray(0, 16)), ref: encodeBase64url(bytes) };
}

export function subject(n: number): SubjectMention {
  return { involvement: 'target', ...mention(n) };
}

export interface Row {
  readonly leaf: Uint8Array;
  readonly bytes: Uint8Array | undefined;
}

type Some = { readonly [key: string]: unknown };

/** A log in memory, written as the format says and with any of its rules broken on demand. */
export class SmallLog {
  readonly rows: Row[] = [];
  readonly heads: SignedHead[] = [];
  readonly #tree: CompactRange = CompactRange.empty();
  control: ControlLink | undefined;
  prev: string;
  time: number = START;
  signers: readonly Signer[];
  #ids = 0;

  constructor(signers: readonly Signer[] = [signer()], origin: string = ORIGIN) {
    this.signers = signers;
    this.prev = genesisPrev(origin);
  }

  /** Genesis and register version 1. */
  static started(): SmallLog {
    const log = new SmallLog();
    log.add({ kind: 'genesis', origin: ORIGIN, vkey: signer().vkey });
    log.register();
    return log;
  }

  get size(): number {
    return this.rows.length;
  }

  nextId(): string {
    return uuid(++this.#ids);
  }

  register(more: Some = {}): void {
    const version = {
      version: 1,
      date: '2019-03-05',
      digest: sha256Base64url(encodeUtf8(REGISTER)),
      document: REGISTER,
    };
    this.add({ kind: 'register', ...version, ...more });
  }

  /** Any entry but an access; `fill` breaks what the commit knows. */
  add(fields: Some, fill: Some = {}): void {
    const id = this.nextId();
    this.seal(
      draftEntry({ v: 1, id, occurred: timeText(this.time), ...fields } as unknown as EntryFields),
      fill,
    );
  }

  access(fields: Some = {}, fill: Some = {}): void {
    this.add({ ...ACCESS, ...fields }, fill);
  }

  seal(draft: EntryDraft, fill: Some = {}): void {
    const known = { index: this.size, prev: this.prev, recorded: timeText(this.time), ...this.link() };
    this.raw(encodeUtf8(sealEntry(draft, { ...known, ...fill })), draft.kind !== 'access');
  }

  /** Exact bytes as the next entry. */
  raw(bytes: Uint8Array, control = false): void {
    const leaf = leafHash(bytes);
    const index = this.size;
    this.prev = encodeBase64url(leaf);
    if (control) this.control = { index, leaf: this.prev };
    this.rows.push({ leaf, bytes });
    this.#tree.append(leaf);
    this.time += 1000;
  }

  note(signers: readonly Signer[] = this.signers): string {
    return signNote(
      formatCheckpoint({ origin: ORIGIN, size: treeSize(this.size), root: this.#tree.root() }),
      signers,
    );
  }

  head(signers: readonly Signer[] = this.signers): void {
    this.heads.push(readHead(this.note(signers)));
  }

  prune(first: number, last: number = first): void {
    for (let i = first; i <= last; i++) this.rows[i] = { leaf: this.#row(i).leaf, bytes: undefined };
  }

  retention(ranges: readonly (readonly [number, number])[], more: Some = {}): void {
    const cutoff = timeText(this.time - 500);
    this.add({
      kind: 'retention',
      activity: 'dashboard',
      rule: 'after-service',
      cutoff,
      handles: [],
      ranges,
      ...more,
    });
  }

  #row(index: number): Row {
    const row = this.rows[index];
    if (row === undefined) throw new Error(`no entry ${index}`);
    return row;
  }

  private link(): { readonly control?: ControlLink } {
    return this.control === undefined ? {} : { control: this.control };
  }
}

export const ACCESS = {
  kind: 'access',
  action: 'read',
  activity: 'dashboard@1',
  actor: { kind: 'employee', person: mention(1), role: 'support' },
  fields: ['email', 'name'],
  operation: 'customer.show',
  outcome: 'success',
  service: 'dashboard',
  subjectCount: 1,
  subjects: [subject(2)],
} as const;

export interface Verdict extends CheckSummary {
  /** `code@index` in the order told. */
  readonly codes: readonly string[];
  readonly findings: ReturnType<typeof findingList>['findings'];
}

/** Feeds rows and heads to a checker as a driver does. */
export function verify(
  log: { readonly rows: readonly Row[]; readonly heads: readonly SignedHead[] },
  options: Partial<CheckerOptions> = {},
  freshness?: Freshness,
): Verdict {
  const list = findingList();
  const checker = new LogChecker({ report: list.report, ids: memoryIdCollector(), ...options });
  const heads = [...log.heads];
  for (const { leaf, bytes } of log.rows.slice(checker.size)) {
    checker.next(bytes === undefined ? prunedLeaf(leaf) : inspectEntry(bytes, leaf));
    while (heads[0]?.size === checker.size) checker.head(heads.shift() as SignedHead);
  }
  for (const head of heads) if (head.size > checker.size) checker.head(head);
  const summary = checker.finish(freshness);
  return {
    ...summary,
    findings: list.findings,
    codes: list.findings.map(({ code, index }) => `${code}@${index}`),
  };
}

export function quickAccess(log: SmallLog): void {
  const { action, activity, fields, operation, outcome, service } = ACCESS;
  const template = accessTemplate({
    action,
    activity,
    actorKind: 'employee',
    role: 'support',
    fields,
    operation,
    outcome,
    service,
  });
  const parts = { template, id: log.nextId(), occurred: timeText(log.time), actor: mention(1) };
  log.seal(draftAccess({ ...parts, subjects: [subject(2)], subjectCount: 1 }));
}
