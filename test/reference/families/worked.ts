import { b64, toHex } from '../bytes.ts';
import { handleText } from '../check-vault.ts';
import type { JsonObject } from '../json.ts';
import { castOf, chainOf, idAt, logOf, mention, ORIGIN } from '../maker.ts';
import { mentionOf, openingOf, tokenOf } from '../persons.ts';
import { access, genesis, register } from '../story.ts';
import { verified } from './log-vector.ts';
import type { NamedVector } from './vector.ts';

const cast = castOf('worked');
const REGISTER: JsonObject = {
  activities: {
    dashboard: {
      basis: 'contract',
      fields: ['email'],
      name: { en: 'Dashboard', nl: 'Dashboard' },
      purpose: { en: 'Helping customers', nl: 'Klanten helpen' },
    },
  },
  controller: { contact: 'privacy@voorbeeld.example', name: 'Voorbeeld B.V.' },
  date: '2026-11-01',
  fields: { email: { category: 'contact', en: 'e-mail address', nl: 'e-mailadres' } },
  maximum: 'P10Y',
  persons: ['customer'],
  recipients: {},
  roles: ['support'],
};

/** The log of three entries that the specification works through, and the mention in its access. */
export function workedVectors(): readonly NamedVector[] {
  const id = idAt(2);
  const subject = { involvement: 'target', ...mention(cast, cast.customer, id, 2) };
  const about = { actor: { kind: 'system' }, fields: ['email'], operation: 'mail.send', service: 'mailer' };
  const chain = chainOf([
    genesis(),
    register(1, 1, REGISTER),
    access(cast, 2, { ...about, subjects: [subject] }),
  ]);
  const question = { log: logOf(chain, [3]), origin: ORIGIN };
  const opening = toHex(openingOf(cast.customer.salt, id.bytes, 2));
  const handle = handleText(cast.customer);
  const token = toHex(tokenOf(cast.lookupKey, cast.customer));
  const want = { opening, ...mentionOf(cast.customer, cast.pointerKey, id.bytes, 2), token };
  const keys = { pointerKey: b64(cast.pointerKey), lookupKey: b64(cast.lookupKey) };
  const desc = 'the mention in the worked log';
  return [
    verified('chain/worked', 'the log of three entries that the specification works through', question, []),
    ['mention/worked', { desc, op: 'mention', handle, ...keys, entryId: id.text, position: 2, want }],
  ];
}
