import { Chance } from '../chance.ts';
import { usernameOf } from '../data/fill.ts';
import { customerId } from '../people/invent.ts';
import type { LogIns } from '../people/log-ins.ts';
import { type Employee, STAFF } from '../people/staff.ts';
import { Browser } from './browser.ts';
import { OfficeClock } from './office-hours.ts';
import { visit, WORK, write } from './scenes.ts';

/** What drives the service. */
export interface TrafficOptions {
  readonly url: string;
  readonly logIns: LogIns;
  /** So many times as fast as an office: 60 is an hour a minute. */
  readonly speed: number;
  readonly seed: number;
  /** Ends the traffic. */
  readonly signal: AbortSignal;
}

/** How far it got. */
export interface Traffic {
  readonly clock: OfficeClock;
  /** Answers by class: `2xx`, `4xx`, `5xx`. */
  readonly answers: ReadonlyMap<string, number>;
  /** Ends when the signal says so. @throws what the service could not be reached for */
  readonly ended: Promise<void>;
}

/** Minutes between two things that one person does in the busiest hour. */
const PAUSE = { employee: 4, customer: 1.5, visitor: 7 } as const;
const CUSTOMERS = 3000;

/** Lets the office work and customers come, over real HTTP, until the signal. */
export function drive(options: TrafficOptions): Traffic {
  const clock = new OfficeClock(options.speed);
  const answers = new Map<string, number>();
  const count = (status: number): void => {
    const kind = `${Math.floor(status / 100)}xx`;
    answers.set(kind, (answers.get(kind) ?? 0) + 1);
  };
  const office: Office = { ...options, clock, count };
  const people = [
    ...STAFF.filter(({ role }) => WORK[role] !== undefined).map((one, n) => works(office, one, n + 1)),
    customersCome(office),
    visitorsWrite(office),
  ];
  return { clock, answers, ended: Promise.all(people).then(() => undefined) };
}

interface Office extends TrafficOptions {
  readonly clock: OfficeClock;
  readonly count: (status: number) => void;
}

/** Somebody's day: log in, then one thing after another, with pauses as the hour has them. */
async function works(office: Office, { username, role }: Employee, number: number): Promise<void> {
  const chance = new Chance(office.seed * 1000 + number);
  const scenes = WORK[role] ?? [];
  const browser = new Browser(office.url, `dashboard/5.1 (${role})`, office.signal, office.count);
  const logIn = { username, token: office.logIns.tokenOf(username) };
  await untilStopped(office.signal, async () => {
    const { status } = await browser.send('/staff/log-in', { method: 'POST', body: logIn });
    for (let left = chance.whole(40, 90); status === 200 && left > 0; left--) {
      await pause(browser, office, chance, PAUSE.employee);
      await chance.one(scenes)(browser, chance);
    }
    await pause(browser, office, chance, PAUSE.employee);
  });
}

async function customersCome(office: Office): Promise<void> {
  const chance = new Chance(office.seed * 1000 + 500);
  await untilStopped(office.signal, async () => {
    const browser = new Browser(office.url, 'Mozilla/5.0 (phone)', office.signal, office.count);
    await pause(browser, office, chance, PAUSE.customer);
    const username = usernameOf(customerId(chance.whole(1, CUSTOMERS)));
    // Now and then somebody mistypes.
    const token = chance.holds(0.05) ? 'mistyped' : office.logIns.tokenOf(username);
    const { status } = await browser.send('/log-in', { method: 'POST', body: { username, token } });
    if (status === 200) await visit(browser, chance);
  });
}

async function visitorsWrite(office: Office): Promise<void> {
  const chance = new Chance(office.seed * 1000 + 501);
  await untilStopped(office.signal, async () => {
    const browser = new Browser(office.url, 'Mozilla/5.0 (desk)', office.signal, office.count);
    await pause(browser, office, chance, PAUSE.visitor);
    await write(browser, chance);
  });
}

/** People do not wait in step: from half to one and a half of the hour's pause. */
function pause(browser: Browser, { clock }: Office, chance: Chance, minutes: number): Promise<void> {
  return browser.rest(clock.lasting((minutes / clock.busy) * (0.5 + chance.next())));
}

async function untilStopped(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
