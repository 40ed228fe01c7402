import type { Chance } from '../chance.ts';
import { customerId, invent } from '../people/invent.ts';
import { ACTIONS, FAMILY_ENDS, PRODUCTS, QUESTIONS, STEMS } from '../people/words.ts';
import { type Browser, listOf } from './browser.ts';

/** Something that somebody comes to do; `CUSTOMERS` of them are known by number. */
export type Scene = (browser: Browser, chance: Chance) => Promise<void>;

const CUSTOMERS = 3000;

/** Somebody calls: looked up by name, helped. */
const call: Scene = async (browser, chance) => {
  const found = listOf(await browser.send(`/customers?q=${chance.one(STEMS)}${chance.one(FAMILY_ENDS)}`));
  if (found.length === 0) return;
  const id = String(chance.one(found)['id']);
  await browser.send(`/customers/${id}`);
  if (chance.holds(0.5)) await browser.send(`/customers/${id}/orders`);
  if (chance.holds(0.3)) await browser.send(`/customers/${id}/settings`);
  if (chance.holds(0.15)) await browser.send(`/customers/${id}/actions`);
  if (chance.holds(0.15))
    await browser.send(`/customers/${id}/settings`, {
      method: 'PUT',
      body: { opening_hours: 'ma-vr 8:00-17:00' },
    });
  if (chance.holds(0.1))
    await browser.send(`/customers/${id}`, { method: 'PATCH', body: { phone: '+31 6 0000 0000' } });
  if (chance.holds(0.1))
    await browser.send(`/customers/${id}/orders`, {
      method: 'POST',
      body: { products: chance.one(PRODUCTS) },
    });
  // Curiosity: payments are for finance, so this is refused, and an entry.
  if (chance.holds(0.03)) await browser.send(`/customers/${id}/payments`);
};

/** Messages of the contact form. */
const mail: Scene = async (browser, chance) => {
  const open = listOf(await browser.send('/messages'));
  if (open.length === 0) return;
  const number = Number(chance.one(open)['id']);
  await browser.send(`/messages/${number}`);
  if (chance.holds(0.5))
    await browser.send(`/messages/${number}/answer`, {
      method: 'PUT',
      body: { answer: 'We bellen u vandaag.' },
    });
};

/** A parcel goes to the delivery service. */
const delivery: Scene = async (browser, chance) => {
  const id = customerId(chance.whole(1, CUSTOMERS));
  const orders = listOf(await browser.send(`/customers/${id}/orders`));
  if (orders.length === 0) return;
  await browser.send(`/customers/${id}/orders/${Number(chance.one(orders)['id'])}/delivery`, {
    method: 'POST',
  });
};

/** The books. */
const books: Scene = async (browser, chance) => {
  const id = customerId(chance.whole(1, CUSTOMERS));
  await browser.send(`/customers/${id}/payments`);
  if (chance.holds(0.03)) await browser.send(`/export/orders.csv?since=2026-10-${chance.whole(10, 28)}`);
};

/** Marketing looks for customers, which is not for them. */
const idle: Scene = async (browser, chance) => {
  if (chance.holds(0.2)) await browser.send(`/customers?q=${chance.one(STEMS)}`);
};

/** Customers on their own dashboard. */
export const visit: Scene = async (browser, chance) => {
  await browser.send('/own/account');
  if (chance.holds(0.4)) await browser.send('/own/orders');
  if (chance.holds(0.6)) await browser.send('/own/settings');
  if (chance.holds(0.2))
    await browser.send('/own/settings', { method: 'PUT', body: { greeting: chance.one(ACTIONS) } });
  await browser.send('/log-out', { method: 'POST' });
};

/** Somebody who is no customer writes. */
export const write: Scene = async (browser, chance) => {
  const { name, street, postcode, city, email, phone } = invent(chance, chance.whole(1, 9999));
  const body = {
    name,
    address: `${street}, ${postcode}`,
    city,
    email,
    phone,
    message: chance.one(QUESTIONS),
  };
  await browser.send('/contact', { method: 'POST', body });
};

/** What each role does all day. */
export const WORK: Readonly<Record<string, readonly Scene[]>> = {
  support: [call, call, call, mail],
  planner: [delivery],
  finance: [books],
  marketing: [idle],
};
