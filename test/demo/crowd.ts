import { randomBytes } from 'node:crypto';
import type { LogIn } from './running-demo.ts';

/** One answer, as its client saw it. */
export interface Seen {
  readonly trace: string;
  /** `employee e-11`, `customer c-10001`, or `anonymous` before the log-in. */
  readonly who: string;
  readonly path: string;
  readonly status: number;
  /** Persons whose ids stood in the body. */
  readonly persons: readonly string[];
}

/** Whoever is named in a body: customers and senders of messages. */
const PERSON = /\b(?:c-\d{5}|k-(?:[0-9a-f]{12}|\d{5}))\b/g;

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const someCustomer = (): string => `c-${10_001 + Math.floor(Math.random() * 3000)}`;

/** What anybody may try; who may not is refused, which has to be an entry, too. */
const PATHS: readonly (() => readonly [method: string, path: string, body?: object])[] = [
  () => ['GET', `/customers?q=${pick(['berg', 'hof', 'Eiken', 'Zilverdonk', 'nobody at all'])}`],
  () => ['GET', `/customers/${someCustomer()}`],
  () => ['GET', `/customers/${someCustomer()}/orders`],
  () => ['GET', `/customers/${someCustomer()}/payments`],
  () => ['GET', `/customers/${someCustomer()}/settings`],
  () => ['GET', `/customers/${someCustomer()}/actions`],
  () => ['GET', '/customers/c-99999'],
  () => ['PATCH', `/customers/${someCustomer()}`, { phone: '+31 6 0000 1111' }],
  () => ['PATCH', `/customers/${someCustomer()}`, { nonsense: 'x' }],
  () => ['POST', `/customers/${someCustomer()}/orders`, { products: 'wachtmuziek' }],
  () => ['POST', `/customers/${someCustomer()}/orders/${Math.ceil(Math.random() * 5000)}/delivery`],
  () => ['PUT', `/customers/${someCustomer()}/settings`, { greeting: 'Hallo' }],
  () => ['GET', '/messages'],
  () => ['GET', `/messages/${Math.ceil(Math.random() * 620)}`],
  () => ['PUT', `/messages/${Math.ceil(Math.random() * 620)}/answer`, { answer: 'Ja.' }],
  () => ['GET', '/own/account'],
  () => ['GET', '/own/orders'],
  () => ['GET', '/own/settings'],
  () => ['PUT', '/own/settings', { opening_hours: 'altijd' }],
];
/** Some thousand customers in pages; the bookkeepers ask for it once. */
const EXPORT = '/export/orders.csv?since=2025-09-15';

/** Lets so many users loose at once, each with one request after another, and tells what they saw. */
export async function crowd(
  url: string,
  logIns: readonly LogIn[],
  { users, ms }: { users: number; ms: number },
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  const until = performance.now() + ms;
  const staff = logIns.filter(({ role }) => role !== 'customer');
  const customers = logIns.filter(({ role }) => role === 'customer');
  const members = Array.from({ length: users }, (_, n) => {
    const list = n % 2 === 0 ? staff : customers;
    return list[(n >> 1) % list.length] as LogIn;
  });
  await Promise.all(members.map((one) => userDoes(url, one, until, seen)));
  return seen;
}

async function userDoes(url: string, logIn: LogIn, until: number, seen: Seen[]): Promise<void> {
  const { username, token, role } = logIn;
  const door = role === 'customer' ? '/log-in' : '/staff/log-in';
  const { response, text } = await ask(url, seen, 'anonymous', ['POST', door, { username, token }]);
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  const { kind, id } = JSON.parse(text) as { kind: string; id: string };
  if (role === 'finance') await ask(url, seen, `${kind} ${id}`, ['GET', EXPORT], cookie);
  while (performance.now() < until) await ask(url, seen, `${kind} ${id}`, pick(PATHS)(), cookie);
}

async function ask(
  url: string,
  seen: Seen[],
  who: string,
  [method, path, body]: readonly [method: string, path: string, body?: object],
  cookie?: string,
): Promise<{ response: Response; text: string }> {
  const trace = randomBytes(16).toString('hex');
  const response = await fetch(url + path, {
    method,
    headers: {
      traceparent: `00-${trace}-${randomBytes(8).toString('hex')}-01`,
      ...(cookie !== undefined && { cookie }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const persons = [...new Set(text.match(PERSON))];
  seen.push({ trace, who, path, status: response.status, persons });
  return { response, text };
}
