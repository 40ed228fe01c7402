import { b64 } from '../bytes.ts';
import { checkVault, handleText, type VaultFile } from '../check-vault.ts';
import { inOrder } from '../log-file.ts';
import { castOf, idAt, mention, type Step, sealed, seeded } from '../maker.ts';
import type { Handle } from '../persons.ts';
import { access, common, story } from '../story.ts';
import { fields, replaced, type Short, signedOnce } from './log-vector.ts';
import { demand, type NamedVector } from './vector.ts';

const cast = castOf('story');
const base = story(cast);
const ALL: readonly Handle[] = [cast.employee, cast.customer, cast.other];

function destroyed(index: number, handle: Handle): Step {
  const what = { activity: 'dashboard', rule: 'service-ended', handles: [b64(handle.number)], ranges: [] };
  return { fields: { ...common('retention', index), ...what } };
}

function opened(
  name: string,
  desc: string,
  given: { steps?: readonly Step[]; handles?: readonly Handle[]; pointerKey?: Uint8Array },
  want: readonly Short[],
): NamedVector {
  const path = `vault/${name}`;
  const log = signedOnce(given.steps ?? base);
  const vault: VaultFile = {
    pointerKey: b64(given.pointerKey ?? cast.pointerKey),
    handles: (given.handles ?? ALL).map(handleText),
  };
  const findings = inOrder(
    want.map((text) => ({ code: text.split('@')[0] ?? '', index: Number(text.split('@')[1]) })),
  );
  demand(path, findings, checkVault(log, vault));
  return [path, { desc, op: 'verify-vault', log, vault, want: { findings } }];
}

export function vaultVectors(): readonly NamedVector[] {
  const gone = destroyed(9, cast.customer);
  const others = [cast.employee, cast.other];
  const renamed = { ...cast.other, id: 'c-1003' };
  const spare = seeded('spare handle');
  const fresh: Handle = {
    type: 'customer',
    id: 'c-1001',
    number: spare(16),
    salt: spare(32),
    key: spare(32),
  };
  const newly = { subjects: [{ involvement: 'target', ...mention(cast, fresh, idAt(10), 2) }] };
  const { subjects: crossed } = base[5]?.fields ?? {};
  return [
    opened('good', 'every mention opens, every part opens', {}, []),
    opened('renamed', 'the vault says somebody else', { handles: [cast.employee, cast.customer, renamed] }, [
      'mention-unopened@5',
    ]),
    opened(
      'other-salt',
      'the salt of a handle was changed',
      { handles: [cast.employee, cast.customer, { ...cast.other, salt: fresh.salt }] },
      ['mention-unopened@5'],
    ),
    opened(
      'swapped-parts',
      'positions run over all parts: a mention of part 2 does not open in part 1',
      { steps: replaced(base, 4, fields({ subjects: crossed ?? [] })) },
      ['handle-unknown@4'],
    ),
    opened(
      'unknown',
      'a handle is gone and no entry destroyed it',
      { handles: [cast.employee, cast.customer] },
      ['handle-unknown@5'],
    ),
    opened(
      'other-pointer-key',
      'the pointer key of another vault',
      { pointerKey: fresh.key, steps: base.slice(0, 4) },
      ['handle-unknown@2', 'handle-unknown@2'],
    ),
    opened(
      'destroyed',
      'a handle destroyed by an entry and gone',
      { steps: [...base, gone], handles: others },
      [],
    ),
    opened(
      'destroyed-new',
      'the same person under a new handle afterwards',
      { steps: [...base, gone, access(cast, 10, newly)], handles: [...others, fresh] },
      [],
    ),
    opened('undead', 'a handle destroyed by an entry and still there', { steps: [...base, gone] }, [
      'handle-undead@9',
    ]),
    opened(
      'reused',
      'a handle used after its destruction',
      { steps: [...base, gone, access(cast, 10)], handles: others },
      ['handle-reused@10'],
    ),
    opened('undead-reused', 'destroyed, still there and used', { steps: [...base, gone, access(cast, 10)] }, [
      'handle-undead@9',
      'handle-reused@10',
    ]),
    ...parts(),
  ];
}

function parts(): readonly NamedVector[] {
  const id = idAt(2);
  const reason = (handle: Handle): Step['fields'] =>
    sealed(id, { part: 'reason', position: 0 }, [[2, handle]], { reason: 'x' });
  const sealing = (part: Step['fields']): readonly Step[] => replaced(base, 2, fields({ sealed: [part] }));
  const both = sealed(
    idAt(4),
    { part: 'reason', position: 0, partNumber: 1 },
    [
      [2, cast.customer],
      [3, cast.other],
    ],
    { reason: 'x' },
  );
  const split = replaced(base, 4, fields({ sealed: [both] }));
  return [
    opened('part', 'a sealed part that opens', { steps: sealing(reason(cast.customer)) }, []),
    opened(
      'part-commitment',
      'a commitment to something else',
      { steps: sealing({ ...reason(cast.customer), commit: 'A'.repeat(43) }) },
      ['commitment-wrong@2'],
    ),
    opened('part-key', 'sealed with the key of another handle', { steps: sealing(reason(cast.other)) }, [
      'commitment-wrong@2',
    ]),
    opened('part-across', 'a part about persons whom two parts of the event mention', { steps: split }, []),
    opened(
      'part-erased',
      'one of two handles destroyed: nobody can read the part',
      { steps: [...split, destroyed(9, cast.other)], handles: [cast.employee, cast.customer] },
      [],
    ),
  ];
}
