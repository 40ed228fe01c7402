import { describe, expect, it } from 'vitest';
import { planQuery, QueryError } from '../src/index.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function range(text: string, timeZone = 'Europe/Amsterdam'): [string, string] {
  const test = planQuery(text, { now: NOW, timeZone }).conditions[0]?.any[0];
  if (test?.kind !== 'time') throw new Error('no time');
  const iso = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : String(ms));
  return [iso(test.from), iso(test.to)];
}

describe('planQuery: times', () => {
  it('takes days as those of the time zone', () => {
    expect(range('on:2026-11-22')).toEqual(['2026-11-21T23:00:00.000Z', '2026-11-22T23:00:00.000Z']);
    expect(range('after:2026-11-22')).toEqual(['2026-11-21T23:00:00.000Z', 'Infinity']);
    expect(range('before:2026-11-22')).toEqual(['-Infinity', '2026-11-21T23:00:00.000Z']);
    expect(range('on:2026-11-22', 'Asia/Kolkata')).toEqual([
      '2026-11-21T18:30:00.000Z',
      '2026-11-22T18:30:00.000Z',
    ]);
  });

  it('keeps days whole where clocks jump', () => {
    expect(range('on:2026-03-29')).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']); // 23 hours
    expect(range('on:2026-10-25')).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']); // 25 hours
    // São Paulo skipped midnight on 2018-11-04; Samoa skipped 2011-12-30 altogether
    expect(range('on:2018-11-04', 'America/Sao_Paulo')).toEqual([
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ]);
    const [from, to] = range('on:2011-12-30', 'Pacific/Apia');
    expect([from, to]).toEqual(['2011-12-30T10:00:00.000Z', '2011-12-30T10:00:00.000Z']);
  });

  it('reads times of the wall, with offsets, and spans', () => {
    expect(range('after:2026-07-01T09:30')[0]).toBe('2026-07-01T07:30:00.000Z');
    expect(range('after:2026-07-01T09:30:15.5Z')[0]).toBe('2026-07-01T09:30:15.500Z');
    expect(range('before:2026-07-01T09:30-05:00')[1]).toBe('2026-07-01T14:30:00.000Z');
    expect(range('after:2026-10-25T02:30')[0]).toBe('2026-10-25T00:30:00.000Z'); // shown twice: the first
    expect(range('after:2026-03-29T02:30')[0]).toBe('2026-03-29T01:00:00.000Z'); // never shown: the jump
    expect(range('after:2w')[0]).toBe('2026-11-08T12:00:00.000Z');
    expect(range('after:30m')[0]).toBe('2026-11-22T11:30:00.000Z');
  });

  it('refuses an unknown time zone', () => {
    expect(() => planQuery('on:2026-11-22', { now: NOW, timeZone: 'Mars/Olympus' })).toThrow(QueryError);
  });
});

describe('planQuery: conditions', () => {
  const plan = (text: string): unknown => planQuery(text, { now: NOW, timeZone: 'UTC' }).conditions;

  it('tells a class by the kinds of actors', () => {
    const kinds = (text: string): unknown =>
      planQuery(text, { now: 0, timeZone: 'UTC' }).conditions[0]?.any.map((t) => 'value' in t && t.value);
    expect(kinds('class:automated')).toEqual(['system']);
    expect(kinds('class:human')).toEqual(['employee', 'customer', 'anonymous']);
    expect(plan('actor:system')).toEqual([
      { negated: false, any: [{ kind: 'term', attribute: 'actorKind', value: 'system' }] },
    ]);
  });

  it('takes a token for a person anywhere, also with an involvement', () => {
    const token = '0123456789abcdef';
    const of = (place: string): unknown => [{ negated: false, any: [{ kind: 'token', place, token }] }];
    expect(plan(`subject:~${token}`)).toEqual(of('subject'));
    expect(plan(`actor:~${token}`)).toEqual(of('actor'));
    expect(plan(`onbehalfof:~${token}`)).toEqual(of('onBehalfOf'));
    expect(plan(`subject:~${token} involvement:shown`)).toMatchObject([
      { any: [{ kind: 'token', place: 'subject', token, involvement: 'shown' }] },
      {},
    ]);
  });

  it('ties an involvement to the subjects asked for', () => {
    const subject = { kind: 'person', place: 'subject', type: 'customer', id: 'c' };
    expect(plan('subject:customer:c involvement:shown,target')).toEqual([
      {
        negated: false,
        any: [
          { ...subject, involvement: 'shown' },
          { ...subject, involvement: 'target' },
        ],
      },
      {
        negated: false,
        any: ['shown', 'target'].map((value) => ({ kind: 'term', attribute: 'involvement', value })),
      },
    ]);
    expect(plan('-subject:customer:c involvement:shown')).toMatchObject([
      { negated: true, any: [subject] },
      {},
    ]);
  });
});
