import type { CompiledRegister, Problem } from '@zegel/log';

/** So many accesses under one activity went unlogged. */
export interface NamedGap {
  readonly activity: string;
  readonly service: string;
  readonly count: number;
  /** `YYYY-MM-DDTHH:mm:ss.sssZ`: the first and the last of them. */
  readonly from: string;
  readonly to: string;
  /** The sender's own name for it, 1 to 256 characters. */
  readonly id?: string;
}

const KEYS: ReadonlySet<string> = new Set(['activity', 'service', 'count', 'from', 'to', 'id']);
const SERVICE = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Checks a gap, all of it at once. */
export function checkGap(given: unknown, register: CompiledRegister): NamedGap | readonly Problem[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return [{ path: '', message: 'must be an object' }];
  const { activity, service, count, from, to, id } = given as Readonly<Record<keyof NamedGap, unknown>>;
  const unknown = Object.keys(given).filter((key) => !KEYS.has(key));
  const rules: readonly (readonly [path: string, good: boolean, message: string])[] = [
    ...unknown.map((key) => [`/${key.slice(0, 64)}`, false, 'is an unknown key'] as const),
    [
      '/activity',
      typeof activity === 'string' && register.activities.has(activity),
      'must be an activity of the register',
    ],
    ['/service', isText(service, SERVICE), 'must be a name of 1 to 64 of a-z 0-9 . _ -'],
    ['/count', Number.isSafeInteger(count) && (count as number) > 0, 'must be a whole number from 1'],
    ['/from', isTime(from), 'must be a moment that exists, as YYYY-MM-DDTHH:mm:ss.sssZ'],
    ['/to', isTime(to), 'must be a moment that exists, as YYYY-MM-DDTHH:mm:ss.sssZ'],
    ['/to', !isTime(from) || !isTime(to) || from <= to, 'must not be before from'],
    ['/id', id === undefined || isText(id, /^[^\0]{1,256}$/u), 'must be a text of 1 to 256 characters'],
  ];
  const problems = rules.flatMap(([path, good, message]) => (good ? [] : [{ path, message }]));
  return problems.length > 0 ? problems : (given as NamedGap);
}

function isText(value: unknown, shape: RegExp): boolean {
  return typeof value === 'string' && shape.test(value);
}

function isTime(value: unknown): value is string {
  if (typeof value !== 'string' || !TIME.test(value)) return false;
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
}
