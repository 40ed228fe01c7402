import { b64, utf8 } from '../bytes.ts';
import { rotationText } from '../check-heads.ts';
import { canonical, type Json, type JsonObject, parseJson } from '../json.ts';
import { castOf, chainOf, idAt, mention, ORIGIN, type Step, sealed, signerOf, timeAt } from '../maker.ts';
import { access, common, genesis, heartbeat, lifecycle, register, story } from '../story.ts';

const cast = castOf('entries');
const before = story(cast);
/** Where every entry but genesis and register stands. */
export const AT: number = before.length;
const id = idAt(AT);

const actor: JsonObject = { kind: 'employee', person: mention(cast, cast.employee, id, 0), role: 'planner' };
const subject: JsonObject = { involvement: 'target', ...mention(cast, cast.customer, id, 2) };
const concerned: JsonObject = { activity: 'dashboard', actor, subjectCount: 1, subjects: [subject] };
const reason: JsonObject = sealed(id, { part: 'reason', position: 0 }, [[2, cast.customer]], {
  reason: 'By letter',
});
const actorReason: JsonObject = sealed(id, { part: 'reason', position: 0 }, [[0, cast.employee]], {
  reason: 'Typing error',
});

function of(kind: string, fields: JsonObject): Step {
  return { fields: { ...common(kind, AT), ...fields } };
}

/** Every key that an access can have, but for `part` and `flags`, which few have. */
function fullAccess(more: JsonObject = {}): Step {
  const behalf = mention(cast, cast.other, id, 1);
  const shown = { involvement: 'shown', ...mention(cast, cast.other, id, 3) };
  return access(cast, AT, {
    confidential: true,
    of: 2,
    actor,
    onBehalfOf: behalf,
    recipient: 'delivery',
    sealed: [reason],
    source: { id: 'web-1', seq: 9 },
    subjectCount: 2,
    subjects: [subject, shown],
    ...more,
  });
}

const handles = [cast.customer, cast.other].map(({ number }) => b64(number)).sort();
const nextKey = signerOf('next').vkey;
const signature = b64(signerOf('log').sign(rotationText(ORIGIN, nextKey)));

/** A sound entry of each kind, with the keys it may have. */
const STEPS: Readonly<Record<string, Step>> = {
  access: fullAccess(),
  'access-flags': fullAccess({ flags: ['undeclared'] }),
  'access-bare': access(cast, AT, {
    actor: { kind: 'anonymous' },
    fields: [],
    subjectCount: 0,
    subjects: [],
  }),
  'access-part': access(cast, AT, { part: { number: 2, of: 3 }, subjectCount: 4 }),
  lifecycle: of('lifecycle', { ...concerned, event: 'service-ended', sealed: [reason] }),
  'lifecycle-bare': of('lifecycle', { event: 'objection', subjectCount: 0, subjects: [] }),
  correction: of('correction', { of: 2, actor, fields: ['email'], sealed: [actorReason] }),
  'correction-bare': of('correction', { of: AT - 1 }),
  erasure: of('erasure', { ...concerned, ground: 'consent-withdrawn', sealed: [reason] }),
  retention: of('retention', {
    activity: 'dashboard',
    rule: 'service-ended',
    cutoff: timeAt(4),
    handles,
    ranges: [
      [2, 3],
      [4, 5],
    ],
  }),
  'retention-handles': of('retention', { activity: 'dashboard', rule: 'service-ended', handles, ranges: [] }),
  hold: of('hold', { ...concerned, state: 'placed', sealed: [reason] }),
  'hold-lifted': of('hold', { state: 'lifted', of: 7, subjectCount: 0, subjects: [] }),
  confidentiality: of('confidentiality', { of: [2, 3], actor, sealed: [actorReason] }),
  review: of('review', { of: [2, 8], result: 'follow-up', actor, sealed: [actorReason] }),
  gap: of('gap', { activity: 'dashboard', service: 'dashboard', count: 3, from: timeAt(1), to: timeAt(1) }),
  heartbeat: heartbeat(AT),
  key: of('key', { vkey: nextKey, signature }),
  clock: of('clock', { from: timeAt(100), to: timeAt(200) }),
};

const LATER: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(STEPS).map(([name, step]) => [name, chainOf([...before, step]).at(-1)?.text ?? '']),
);
const [FIRST, SECOND] = chainOf([genesis(), register(1)]);

/** The exact text of a sound entry, by name. */
export const SOUND: Readonly<Record<string, string>> = {
  genesis: FIRST?.text ?? '',
  'genesis-succeeds': changed(FIRST?.text ?? '', { succeeds: { held: 'a checkpoint\n', lost: 'another\n' } }),
  register: SECOND?.text ?? '',
  ...LATER,
  'lifecycle-story': chainOf([...before, lifecycle(cast, AT)]).at(-1)?.text ?? '',
};

/** A text with members replaced, canonical again. */
export function changed(text: string, members: JsonObject): string {
  return canonical({ ...(parseJson(text) as JsonObject), ...members });
}

/** A text with the member at a path (`actor.person.ref`, `subjects.0.ptr`) replaced; undefined takes it out. */
export function edited(text: string, path: string, value: Json | undefined): string {
  return canonical(put(parseJson(text), path.split('.'), value));
}

function put(node: Json, path: readonly string[], value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) throw new Error('a path has a step');
  if (Array.isArray(node)) {
    const items = [...(node as readonly Json[])];
    const inner = rest.length === 0 ? value : put(items[Number(step)] ?? null, rest, value);
    if (inner !== undefined) items[Number(step)] = inner;
    return items;
  }
  const object: Record<string, Json> = { ...(node as JsonObject) };
  const inner = rest.length === 0 ? value : put(object[step] ?? null, rest, value);
  if (inner === undefined) delete object[step];
  else
    Object.defineProperty(object, step, {
      value: inner,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return object;
}

/** Bytes of a text, for counting. */
export function lengthOf(text: string): number {
  return utf8(text).length;
}
