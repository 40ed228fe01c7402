import { b64, hmac, toHex, utf8 } from '../bytes.ts';
import { handleText } from '../check-vault.ts';
import { canonical, type JsonObject } from '../json.ts';
import { castOf, idAt, NOON, seeded } from '../maker.ts';
import {
  type Handle,
  isMention,
  mentionOf,
  namedId,
  openingOf,
  refOf,
  timedId,
  tokenOf,
  uuidText,
} from '../persons.ts';
import { demand, type NamedVector } from './vector.ts';

const cast = castOf('persons');

function mentionVector(
  name: string,
  desc: string,
  position: number,
  who: { type: string; id: string },
  entry = 2,
): NamedVector {
  const handle: Handle = { ...cast.customer, ...who };
  const id = idAt(entry);
  const opening = toHex(openingOf(handle.salt, id.bytes, position));
  const want = {
    opening,
    ...mentionOf(handle, cast.pointerKey, id.bytes, position),
    token: toHex(tokenOf(cast.lookupKey, who)),
  };
  const keys = { pointerKey: b64(cast.pointerKey), lookupKey: b64(cast.lookupKey) };
  return [
    `mention/${name}`,
    { desc, op: 'mention', handle: handleText(handle), ...keys, entryId: id.text, position, want },
  ];
}

const PERSON = { type: 'customer', id: 'c-1001' };

export function mentionVectors(): readonly NamedVector[] {
  return [
    mentionVector('actor', 'position 0', 0, { type: 'employee', id: 'e-17' }),
    mentionVector('behalf', 'position 1', 1, { type: 'employee', id: 'e-3' }),
    mentionVector('subject', 'position 2', 2, PERSON),
    mentionVector('subject-next', 'the same person one position on: another mention', 3, PERSON),
    mentionVector('subject-other-entry', 'the same person in another entry: another mention', 2, PERSON, 3),
    mentionVector('position-large', 'the position has four bytes', 16_909_060, PERSON),
    mentionVector('id-unicode', 'the id is UTF-8, not normalised', 2, {
      type: 'customer',
      id: 'Zo\u00eb e\u0301 \u{1f600}',
    }),
    mentionVector('id-escaped', 'the token is over canonical JSON, the ref over the bare id', 2, {
      type: 'customer',
      id: 'a"b\\c\n',
    }),
    mentionVector('id-longest', 'an id of 256 bytes', 2, { type: 'customer', id: '\u00e9'.repeat(128) }),
    mentionVector('type-longest', 'a type of 32 characters', 2, { type: `t${'-'.repeat(31)}`, id: '1' }),
    ...claims(),
  ];
}

// Claims of whom one mention stands for; `good` is changed in one respect each.
function claims(): readonly NamedVector[] {
  const opening = openingOf(cast.customer.salt, idAt(2).bytes, 2);
  const good = { opening, ref: refOf(opening, PERSON), ...PERSON };
  const flipped = opening.map((byte, i) => (i === 31 ? byte ^ 1 : byte));
  const refOfAny = (type: string, id: string) => ({ ref: refOf(opening, { type, id }), type, id });
  const changed: readonly (readonly [string, string, object, boolean])[] = [
    ['claim', 'opening, type and id prove whom the mention stands for', {}, true],
    ['claim-other-id', 'another id', { id: 'c-1002' }, false],
    ['claim-other-type', 'another type', { type: 'employee' }, false],
    ['claim-other-opening', 'one bit of the opening', { opening: flipped }, false],
    ['claim-short-opening', 'an opening of 31 bytes', { opening: opening.slice(1) }, false],
    [
      'claim-other-ref',
      'the ref of somebody else',
      { ref: refOf(opening, { type: 'customer', id: 'c-1002' }) },
      false,
    ],
    ['claim-shifted', 'the NUL keeps type and id apart', { type: 'customerc', id: '-1001' }, false],
    ['claim-empty-id', 'an empty id stands for nobody', refOfAny('customer', ''), false],
    ['claim-long-id', 'an id of 257 bytes stands for nobody', refOfAny('customer', 'x'.repeat(257)), false],
    ['claim-nul-id', 'an id with NUL stands for nobody', refOfAny('customer', 'c\u00001'), false],
    ['claim-upper-type', 'a type in upper case is none', refOfAny('Customer', 'c-1001'), false],
    ['claim-long-type', 'a type of 33 characters is none', refOfAny('t'.repeat(33), '1'), false],
    ['claim-empty-type', 'an empty type is none', refOfAny('', '1'), false],
  ];
  return changed.map(([name, desc, change, holds]): NamedVector => {
    const claim = { ...good, ...change };
    const path = `mention/${name}`;
    demand(path, holds, isMention(claim.ref, claim.opening, claim));
    return [path, { desc, op: 'check-mention', ...claim, opening: toHex(claim.opening), want: { holds } }];
  });
}

export function idempotencyVectors(): readonly NamedVector[] {
  const named = (name: string, desc: string, source: string, id: string): NamedVector => {
    const want = { uuid: uuidText(namedId(cast.idKey, source, id)) };
    return [`idempotency/${name}`, { desc, op: 'named-id', idKey: b64(cast.idKey), source, id, want }];
  };
  const timed = (name: string, desc: string, ms: number): NamedVector => {
    const random = seeded('random of ids')(10);
    return [
      `idempotency/${name}`,
      { desc, op: 'timed-id', ms, random: toHex(random), want: { uuid: uuidText(timedId(ms, random)) } },
    ];
  };
  const same = (name: string, desc: string, event: JsonObject): NamedVector => {
    const sameKey = seeded('sameness key')(32);
    const want = { mac: toHex(hmac(sameKey, utf8(canonical(event)))) };
    return [`idempotency/${name}`, { desc, op: 'sameness', sameKey: b64(sameKey), event, want }];
  };
  return [
    named('named', 'the id of an event that its caller named', 'web-1', 'order-881'),
    named('named-other-source', 'the same name from another source: another id', 'web-2', 'order-881'),
    named('named-other-id', 'another name: another id', 'web-1', 'order-882'),
    named('named-moved', 'source and name are kept apart', 'web-1order', '-881'),
    named('named-unicode', 'names are UTF-8 and escaped as JSON', 'web-1', '\u{1f600}"\\'),
    timed('timed', 'the id of an event without a name', NOON),
    timed('timed-last', 'the last millisecond that 48 bits hold', 2 ** 48 - 1),
    same('same', 'an event as given', { action: 'read', fields: ['name'], id: 'order-881' }),
    same('same-other-order', 'keys in another order: the same event', {
      id: 'order-881',
      fields: ['name'],
      action: 'read',
    }),
    same('same-differs', 'another field: another event', {
      action: 'read',
      fields: ['email'],
      id: 'order-881',
    }),
  ];
}
