import { castOf, chainOf, idAt, logOf, ORIGIN, type Step, signerOf, timeAt, withItems } from '../maker.ts';
import { access, common, genesis, heartbeat, register, SIGNED, splitAccess, story } from '../story.ts';
import { chained, fields, madeWrong, replaced, type Short, verified } from './log-vector.ts';
import type { NamedVector } from './vector.ts';

const cast = castOf('story');
const steps = story(cast);
const ANY_HASH = 'A'.repeat(43);

/** The story with one step changed, chained and signed as its writer would. */
function changedAt(
  name: string,
  desc: string,
  at: number,
  change: (step: Step) => Step,
  want: readonly Short[],
): NamedVector {
  return madeWrong(`chain/${name}`, desc, replaced(steps, at, change), want);
}

function stepsOf(name: string, desc: string, changed: readonly Step[], want: readonly Short[]): NamedVector {
  return madeWrong(`chain/${name}`, desc, changed, want);
}

export function chainVectors(): readonly NamedVector[] {
  return [
    ...whole(),
    ...stored(),
    ...links(),
    ...indexes(),
    ...times(),
    ...parts(),
    ...sources(),
    ...versions(),
  ];
}

function whole(): readonly NamedVector[] {
  const log = logOf(chainOf(steps), SIGNED);
  const question = { log, origin: ORIGIN };
  const plain = (name: string, desc: string, want: readonly Short[], more: object): NamedVector => {
    return verified(`chain/${name}`, desc, { ...question, ...more }, want);
  };
  const bare = { entries: [], checkpoints: [] };
  return [
    plain('good', 'a sound log with three checkpoints', [], {}),
    plain('genesis-origin', 'the log of another origin than expected', ['genesis-origin@0'], {
      origin: 'other.example/log',
    }),
    plain('empty', 'no entries', ['genesis-missing@0'], { log: bare }),
    plain('fresh', 'the heartbeat is not yet overdue', [], { now: timeAt(3607) }),
    plain('heartbeat-overdue', 'the deadline of the last heartbeat has passed', ['stale@8'], {
      now: timeAt(3608),
    }),
    plain('stale', 'the newest entry is older than it may be', ['stale@8'], {
      now: timeAt(69),
      staleAfter: 60_000,
    }),
  ];
}

// Somebody with access to the store, without the key, changes what stands in it.
function stored(): readonly NamedVector[] {
  const chain = chainOf(steps);
  const log = logOf(chain, SIGNED);
  const tampered = (
    name: string,
    desc: string,
    changed: Partial<typeof log>,
    want: readonly Short[],
  ): NamedVector => {
    return verified(`chain/${name}`, desc, { log: { ...log, ...changed }, origin: ORIGIN }, want);
  };
  const text = (at: number): string => chain[at]?.text ?? '';
  const denied = text(3).replace('"outcome":"success"', '"outcome":"denied"');
  const without = log.entries.filter((_, at) => at !== 3);
  const swapped = log.entries.map((entry, at) => log.entries[at === 2 ? 3 : at === 3 ? 2 : at] ?? entry);
  const twice = [...log.entries.slice(0, 4), ...log.entries.slice(3)];
  const leaf = (at: number): string => Buffer.from(chain[at]?.leaf ?? []).toString('base64url');
  const beat = text(7).replace(timeAt(3607), timeAt(9999));
  return [
    tampered('stored-edited', 'an entry edited in the store', withItems(log, { 3: denied }), [
      'root-mismatch@2',
      'prev-broken@4',
    ]),
    tampered(
      'stored-edited-leaf',
      'an entry edited, its stored leaf hash left',
      withItems(log, { 3: { text: denied, leaf: leaf(3) } }),
      ['leaf-hash@3'],
    ),
    tampered(
      'stored-leaf',
      'a stored leaf hash replaced',
      withItems(log, { 3: { text: text(3), leaf: ANY_HASH } }),
      ['leaf-hash@3', 'root-mismatch@2', 'prev-broken@4'],
    ),
    tampered(
      'stored-edited-last',
      'the last entry edited',
      withItems(log, { 8: text(8).replace('"success"', '"denied"') }),
      ['root-mismatch@6'],
    ),
    tampered('stored-edited-control', 'an entry of the control chain edited', withItems(log, { 7: beat }), [
      'root-mismatch@6',
      'prev-broken@8',
    ]),
    tampered('stored-removed', 'an entry taken out', { entries: without }, [
      'index-gap@3',
      'prev-broken@3',
      'control-broken@6',
      'root-mismatch@2',
      'truncated@8',
      'source-hole@7',
    ]),
    tampered('stored-swapped', 'two entries swapped', { entries: swapped }, [
      'index-gap@2',
      'index-repeat@3',
      'index-gap@4',
      'prev-broken@2',
      'prev-broken@3',
      'prev-broken@4',
      'recorded-back@3',
      'root-mismatch@2',
    ]),
    tampered('stored-repeated', 'an entry put in twice', { entries: twice }, [
      'index-repeat@4',
      'prev-broken@4',
      'id-repeat@4',
      'control-broken@8',
      'root-mismatch@2',
      'unsigned-tail@9',
    ]),
  ];
}

function links(): readonly NamedVector[] {
  const control = { index: 1, leaf: ANY_HASH };
  const [first, second] = [genesis(), register(1)];
  const noGenesis = [{ ...register(0), chain: { control: { index: 0, leaf: ANY_HASH } } }];
  const unsigned = (changed: readonly Step[]) => ({ log: logOf(chainOf(changed), []), origin: ORIGIN });
  return [
    changedAt('prev', 'prev of an entry is any hash', 3, chained({ prev: ANY_HASH }), ['prev-broken@3']),
    changedAt(
      'prev-genesis',
      'prev of the genesis is not the hash of the origin',
      0,
      chained({ prev: ANY_HASH }),
      ['prev-broken@0'],
    ),
    changedAt('control-leaf', 'a control link with another leaf hash', 6, chained({ control }), [
      'control-broken@6',
    ]),
    changedAt(
      'control-skips',
      'a control link that passes over an entry',
      7,
      chained({ control: { index: 1, leaf: leafAt(1) } }),
      ['control-broken@7'],
    ),
    changedAt(
      'control-access',
      'a control link to an access',
      7,
      chained({ control: { index: 3, leaf: leafAt(3) } }),
      ['control-broken@7'],
    ),
    changedAt('id-repeat', 'an id for the second time', 3, fields({ id: idAt(2).text }), ['id-repeat@3']),
    changedAt(
      'id-repeat-part',
      'the id of a split entry on one that is not',
      8,
      fields({ id: idAt(4).text }),
      ['id-repeat@8'],
    ),
    stepsOf(
      'id-repeat-split',
      'the id of an entry that is not split on one that is',
      [...steps, ...splitAccess(cast, 9).map(fields({ id: idAt(3).text }))],
      ['id-repeat@9', 'id-repeat@10'],
    ),
    changedAt(
      'genesis-repeat',
      'a second genesis',
      3,
      () => ({ fields: { ...first.fields, id: idAt(3).text }, chain: { control: null } }),
      ['genesis-repeat@3', 'source-hole@8'],
    ),
    verified('chain/genesis-missing', 'entry 0 is a register', unsigned(noGenesis), [
      'genesis-missing@0',
      'control-broken@0',
      'unsigned-tail@0',
    ]),
    verified(
      'chain/genesis-missing-access',
      'entry 0 is an access',
      unsigned([access(cast, 0, { activity: 'zegel-consultation@1' })]),
      ['genesis-missing@0', 'unsigned-tail@0'],
    ),
    stepsOf(
      'genesis-vkey',
      'the key of the genesis bears another name',
      [{ fields: { ...first.fields, vkey: signerOf('log', 'other.example/log').vkey } }, second],
      ['malformed@0', 'signature-unknown@0'],
    ),
    stepsOf(
      'genesis-vkey-id',
      'the key id of the genesis is not that of its key',
      [
        { fields: { ...first.fields, vkey: signerOf('log').vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+') } },
        second,
      ],
      ['malformed@0', 'signature-unknown@0'],
    ),
    changedAt(
      'unknown-version',
      'an entry of a later version: bytes and chain are checked, nothing else',
      3,
      fields({ v: 2, anything: ['goes'] }),
      ['unknown-version@3', 'source-hole@8'],
    ),
    stepsOf(
      'unknown-version-prev',
      'an entry of a later version that is not chained',
      replaced(steps, 3, (step) => chained({ prev: ANY_HASH })(fields({ v: 2 })(step))),
      ['unknown-version@3', 'prev-broken@3', 'source-hole@8'],
    ),
    changedAt(
      'unknown-version-control',
      'an entry of a later version in the control chain',
      6,
      fields({ v: 2 }),
      ['unknown-version@6'],
    ),
  ];
}

function leafAt(at: number): string {
  return Buffer.from(chainOf(steps)[at]?.leaf ?? []).toString('base64url');
}

function indexes(): readonly NamedVector[] {
  const from = (at: number, by: number): readonly Step[] => {
    return steps.map((step, i) => (i < at ? step : chained({ index: i + by })(step)));
  };
  return [
    stepsOf('index-gap', 'an index is left out', from(3, 1), ['index-gap@3']),
    stepsOf('index-repeat', 'an index stands twice', from(4, -1), ['index-repeat@4']),
    changedAt('index-jump', 'one index is beside the row', 3, chained({ index: 5 }), [
      'index-gap@3',
      'index-repeat@4',
    ]),
  ];
}

function times(): readonly NamedVector[] {
  const clock = (to: number): Step => ({
    fields: { ...common('clock', 9), from: timeAt(900), to: timeAt(to) },
  });
  const late = replaced(steps, 8, chained({ recorded: timeAt(1000) }));
  return [
    changedAt('recorded-back', 'recorded goes back', 3, chained({ recorded: timeAt(1) }), [
      'recorded-back@3',
    ]),
    changedAt('recorded-equal', 'recorded may stand still', 3, chained({ recorded: timeAt(2) }), []),
    stepsOf(
      'recorded-clock',
      'recorded goes back with a clock entry that names the false range',
      [...late, clock(1000)],
      ['clock-corrected@9'],
    ),
    stepsOf(
      'recorded-clock-short',
      'the false range ends before the false time',
      [...late, clock(999)],
      ['clock-corrected@9', 'recorded-back@9'],
    ),
    stepsOf(
      'recorded-clock-after',
      'the clock entry comes one entry too late',
      [...late, heartbeat(9), { fields: { ...common('clock', 10), from: timeAt(900), to: timeAt(1000) } }],
      ['recorded-back@9', 'clock-corrected@10'],
    ),
    changedAt(
      'occurred-bound',
      'occurred five minutes after recorded',
      3,
      fields({ occurred: timeAt(303) }),
      [],
    ),
    changedAt('occurred-after', 'occurred beyond the bound', 3, fields({ occurred: timeAt(304) }), [
      'occurred-after@3',
    ]),
    changedAt(
      'occurred-before',
      'occurred long before',
      3,
      fields({ occurred: '1999-12-31T00:00:00.000Z' }),
      [],
    ),
  ];
}

function parts(): readonly NamedVector[] {
  const [one, two] = splitAccess(cast, 4);
  const [head, tail] = [steps.slice(0, 4), steps.slice(6)];
  const extra = access(cast, 20);
  return [
    stepsOf('part-missing-last', 'the last part is missing', [...head, one, ...tail], ['part-missing@4']),
    stepsOf('part-missing-first', 'the first part is missing', [...head, two, ...tail], ['part-missing@4']),
    stepsOf('part-missing-end', 'the log ends within a split entry', [...head, one], ['part-missing@4']),
    stepsOf(
      'part-apart',
      'another entry stands between the parts',
      [...head, one, extra, two, ...tail],
      ['part-apart@6'],
    ),
    stepsOf(
      'part-order',
      'the parts stand in the wrong order',
      [...head, two, one, ...tail],
      ['part-apart@5'],
    ),
    stepsOf(
      'part-twice',
      'a part stands twice',
      [...head, one, one, two, ...tail],
      ['id-repeat@5', 'part-apart@5', 'part-apart@6'],
    ),
    changedAt(
      'part-unequal',
      'the parts differ in what must be equal',
      5,
      fields({ operation: 'customer.list' }),
      ['part-unequal@5'],
    ),
    changedAt(
      'part-recorded',
      'the parts were not recorded at one time',
      5,
      chained({ recorded: timeAt(5) }),
      ['part-unequal@5'],
    ),
    stepsOf(
      'part-count',
      'the subjects of the parts do not add up',
      [...head, ...[one, two].map(fields({ subjectCount: 3 })), ...tail],
      ['part-unequal@5'],
    ),
  ];
}

function sources(): readonly NamedVector[] {
  const seq = (n: number, id = 'web-1') => fields({ source: { id, seq: n } });
  const late = [
    ...steps.slice(0, 3),
    seq(4)(steps[3] ?? genesis()),
    ...steps.slice(4),
    seq(2)(access(cast, 9)),
  ];
  return [
    changedAt('source-hole', 'a sender lost two events', 8, seq(5), ['source-hole@8']),
    changedAt('source-late', 'an event that comes late leaves two holes of one', 3, seq(5), [
      'source-hole@3',
      'source-hole@3',
    ]),
    stepsOf('source-filled', 'events that come late fill the hole', late, []),
    changedAt('source-two', 'every sender counts for itself', 8, seq(77, 'web-2'), []),
    changedAt('source-again', 'a number that comes again is no hole', 8, seq(2), []),
  ];
}

function versions(): readonly NamedVector[] {
  const later: readonly Step[] = [...steps, register(9, 2)];
  return [
    changedAt(
      'version-ahead',
      'an activity of a register version that does not exist',
      8,
      fields({ activity: 'dashboard@2' }),
      ['register-version@8'],
    ),
    stepsOf(
      'version-new',
      'an activity of a newer version',
      [...later, access(cast, 10, { activity: 'dashboard@2' })],
      [],
    ),
    stepsOf(
      'version-superseded',
      'an activity of a version that is no longer the newest',
      [...later, access(cast, 10)],
      ['register-superseded@10'],
    ),
    stepsOf(
      'version-skipped',
      'register version 3 follows version 1',
      [...steps, register(9, 3)],
      ['register-version@9'],
    ),
    stepsOf(
      'version-repeated',
      'register version 1 for the second time',
      [...steps, register(9, 1)],
      ['register-version@9'],
    ),
  ];
}
