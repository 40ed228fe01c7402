import { ACTIONS, type Action } from '@zegel/core';
import type { Direction } from '../export/person-rows.ts';
import type { Form } from './form.ts';

/** What of a person's view is asked for. */
export interface PersonFilter {
  readonly activity: string;
  readonly action: Action | '';
  /** Days, both included; empty: open. */
  readonly from: string;
  readonly to: string;
}

const KEY = /^[a-z][a-z0-9-]{0,63}$/;
const DAY = /^[12]\d{3}-\d\d-\d\d$/;
const MS_PER_DAY = 86_400_000;

/** The filter in an address; what is none is left out. */
export function filterOf(form: Form): PersonFilter {
  const activity = form.text('activity');
  return {
    activity: KEY.test(activity) ? activity : '',
    action: ACTIONS.find((one) => one === form.text('action')) ?? '',
    from: dayOf(form.text('from')),
    to: dayOf(form.text('to')),
  };
}

/** The query of a person's view. */
export function personQuery(
  token: string,
  direction: Direction,
  { activity, action, from, to }: PersonFilter,
): string {
  const terms = [
    `${direction}:~${token}`,
    activity === '' ? '' : `activity:${activity}`,
    action === '' ? '' : `action:${action}`,
    from === '' ? '' : `after:${from}`,
    to === '' ? '' : `before:${dayAfter(to)}`,
  ];
  return terms.filter((term) => term !== '').join(' ');
}

/** The same as fields of an address; what is empty is left out. */
export function filterFields(filter: PersonFilter): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
}

function dayOf(text: string): string {
  const ms = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? text : '';
}

/** `before:` takes no part of its day. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + MS_PER_DAY).toISOString().slice(0, 10);
}
