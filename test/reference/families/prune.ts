import { b64 } from '../bytes.ts';
import type { JsonObject } from '../json.ts';
import type { StoredItem } from '../log-file.ts';
import { castOf, chainOf, idAt, logOf, mention, ORIGIN, type Step, timeAt, withItems } from '../maker.ts';
import { common, heartbeat, story } from '../story.ts';
import { type Short, verified } from './log-vector.ts';
import type { NamedVector } from './vector.ts';

const cast = castOf('story');
const base = story(cast);

function retention(
  index: number,
  ranges: readonly (readonly [number, number])[],
  more: JsonObject = {},
): Step {
  const rule = {
    activity: 'dashboard',
    rule: 'service-ended',
    cutoff: timeAt(6),
    handles: [b64(cast.customer.number)],
  };
  return { fields: { ...common('retention', index), ...rule, ranges, ...more } };
}

function hold(index: number, more: JsonObject = {}): Step {
  return { fields: { ...common('hold', index), state: 'placed', subjectCount: 0, subjects: [], ...more } };
}

/** The story and further steps, without the bodies at some places. */
function pruned(
  name: string,
  desc: string,
  more: readonly Step[],
  bodies: readonly number[],
  want: readonly Short[],
): NamedVector {
  const chain = chainOf([...base, ...more]);
  const leaves = bodies.map((at) => [at, { leaf: b64(chain[at]?.leaf ?? new Uint8Array()) }]);
  const log = withItems(
    logOf(chain, [chain.length]),
    Object.fromEntries(leaves) as Readonly<Record<number, StoredItem>>,
  );
  return verified(`prune/${name}`, desc, { log, origin: ORIGIN }, want);
}

export function pruneVectors(): readonly NamedVector[] {
  const cover = retention(9, [[2, 5]]);
  return [
    pruned('covered', 'bodies removed under a retention entry', [cover], [2, 3, 4, 5], ['pruned@2']),
    pruned('covered-some', 'a cover may name bodies that are still there', [cover], [3], ['pruned@3']),
    pruned('covered-none', 'a cover of bodies that are all there', [cover], [], []),
    pruned(
      'covered-twice',
      'two covers share the missing bodies',
      [retention(9, [[2, 3]]), retention(10, [[2, 5]])],
      [2, 3, 4, 5],
      ['pruned@2', 'pruned@4'],
    ),
    pruned('missing', 'a body is missing without a cover', [], [3], ['body-missing@3']),
    pruned(
      'missing-beside',
      'a body beside the ranges is missing',
      [
        retention(9, [
          [2, 2],
          [4, 5],
        ]),
      ],
      [2, 3],
      ['pruned@2', 'body-missing@3'],
    ),
    pruned(
      'missing-later',
      'a cover below the body says nothing about it',
      [retention(9, [[2, 3]]), heartbeat(10)],
      [2, 8],
      ['pruned@2', 'body-missing@8'],
    ),
    pruned(
      'missing-handles',
      'a retention entry that only destroys handles covers nothing',
      [retention(9, [], {})],
      [3],
      ['body-missing@3'],
    ),
    pruned(
      'early-cutoff',
      'a cutoff after the retention entry itself',
      [retention(9, [[2, 3]], { cutoff: timeAt(10) })],
      [2, 3],
      ['pruned@2', 'pruned-early@2'],
    ),
    pruned(
      'early-body',
      'a body recorded after the cutoff',
      [
        retention(9, [
          [2, 3],
          [8, 8],
        ]),
      ],
      [2, 3, 8],
      ['pruned@2', 'pruned-early@8'],
    ),
    pruned(
      'early-possible',
      'a body that may be from before the cutoff blames nobody',
      [retention(9, [[8, 8]], { cutoff: timeAt(7.5) })],
      [8],
      ['pruned@8'],
    ),
    pruned(
      'hold',
      'a hold on the activity was in force',
      [hold(9, { activity: 'dashboard' }), retention(10, [[2, 3]])],
      [2, 3],
      ['pruned@2', 'pruned-hold@2'],
    ),
    pruned(
      'hold-all',
      'a hold on everything was in force',
      [hold(9), retention(10, [[2, 3]])],
      [2, 3],
      ['pruned@2', 'pruned-hold@2'],
    ),
    pruned(
      'hold-other',
      'a hold on another activity',
      [hold(9, { activity: 'marketing' }), retention(10, [[2, 3]])],
      [2, 3],
      ['pruned@2'],
    ),
    pruned(
      'hold-later',
      'a hold placed after the pruning',
      [retention(9, [[2, 3]]), hold(10)],
      [2, 3],
      ['pruned@2'],
    ),
    pruned(
      'hold-lifted',
      'a hold that was lifted',
      [hold(9), hold(10, { state: 'lifted', of: 9 }), retention(11, [[2, 3]])],
      [2, 3],
      ['pruned@2'],
    ),
    pruned(
      'hold-lifted-other',
      'another hold was lifted',
      [hold(9), hold(10, { state: 'lifted', of: 8 }), retention(11, [[2, 3]])],
      [2, 3],
      ['pruned@2', 'pruned-hold@2'],
    ),
    pruned(
      'hold-subject',
      'a hold on one person is about handles, which the log alone does not match',
      [
        hold(9, {
          subjectCount: 1,
          subjects: [{ involvement: 'target', ...mention(cast, cast.other, idAt(9), 2) }],
        }),
        retention(10, [[2, 3]]),
      ],
      [2, 3],
      ['pruned@2'],
    ),
    pruned('part', 'one part of a split entry', [retention(9, [[5, 5]])], [5], ['pruned@5']),
    pruned('part-first', 'the first part of a split entry', [retention(9, [[4, 4]])], [4], ['pruned@4']),
    pruned(
      'control',
      'a body that is no access, under a cover',
      [retention(9, [[7, 7]], { cutoff: timeAt(8) })],
      [7],
      ['pruned@7', 'control-broken@7'],
    ),
    pruned(
      'control-register',
      'the register, under a cover',
      [retention(9, [[1, 1]])],
      [1],
      [
        'pruned@1',
        'control-broken@1',
        'register-version@2',
        'register-version@3',
        'register-version@4',
        'register-version@5',
        'register-version@8',
      ],
    ),
    pruned(
      'control-bare',
      'a body that is no access, without a cover',
      [heartbeat(9)],
      [7],
      ['body-missing@7', 'control-broken@7'],
    ),
    pruned(
      'genesis',
      'the body of the genesis',
      [retention(9, [[0, 0]])],
      [0],
      ['pruned@0', 'genesis-missing@0', 'control-broken@0', 'signature-unknown@0'],
    ),
    pruned(
      'source',
      'a pruned body may be the event that seems lost',
      [retention(9, [[3, 3]])],
      [3],
      ['pruned@3'],
    ),
  ];
}
