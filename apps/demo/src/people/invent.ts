import type { Insertable } from 'kysely';
import type { Chance } from '../chance.ts';
import type { ContactMessages, Customers } from '../data/schema.ts';
import { FAMILY_ENDS, GIVEN, PARTICLES, PLACE_ENDS, QUESTIONS, STEMS, STREET_ENDS } from './words.ts';

/** Someone who does not exist. */
export interface Invented {
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly email: string;
  readonly phone: string;
}

/** Makes a person up. The domain (RFC 2606) and the telephone numbers are nobody's. */
export function invent(chance: Chance, number: number): Invented {
  const given = chance.one(GIVEN);
  const family = chance.one(STEMS) + chance.one(FAMILY_ENDS);
  const name = [given, chance.one(PARTICLES), family].filter((part) => part !== '').join(' ');
  const mailbox = `${given}.${family}.${number}`
    .normalize('NFD')
    .replaceAll(/[^\w.]/g, '')
    .toLowerCase();
  return {
    name,
    street: `${chance.one(STEMS)}${chance.one(STREET_ENDS)} ${chance.whole(1, 240)}`,
    postcode: `${chance.whole(1000, 9999)} ${chance.one(['AB', 'GH', 'KL', 'NP', 'XZ'])}`,
    city: `${chance.one(STEMS)}${chance.one(PLACE_ENDS)}`,
    email: `${mailbox}@klant.example`,
    phone: `+31 6 0000 ${String(number % 10_000).padStart(4, '0')}`,
  };
}

/** An address that stands for no machine (RFC 5737). */
export function address(chance: Chance): string {
  return `198.51.100.${chance.whole(1, 254)}`;
}

/** A customer by number. */
export function customer(chance: Chance, number: number): Insertable<Customers> {
  const { street, postcode, city, ...rest } = invent(chance, number);
  const billing = chance.holds(0.8)
    ? `${street}, ${postcode} ${city}`
    : `Postbus ${chance.whole(1, 999)}, ${city}`;
  const photo = chance.holds(0.3) ? `photos/${chance.letters(12)}.webp` : null;
  return {
    id: customerId(number),
    ...rest,
    street,
    postcode,
    city,
    billing_address: billing,
    profile_photo: photo,
  };
}

/** A message from the contact form, by somebody who is no customer. */
export function message(chance: Chance, number: number): Insertable<ContactMessages> {
  const { street, postcode, ...rest } = invent(chance, number);
  return {
    contact_id: `k-${String(number).padStart(5, '0')}`,
    ...rest,
    address: `${street}, ${postcode}`,
    ip_address: address(chance),
    message: chance.one(QUESTIONS),
    answer: chance.holds(0.6) ? 'Dat is in orde gemaakt, laat gerust weten als er nog iets is.' : null,
  };
}

/** `c-10001` */
export function customerId(number: number): string {
  return `c-${10_000 + number}`;
}
