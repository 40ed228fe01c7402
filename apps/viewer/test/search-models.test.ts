import { formatQuery, type Histogram, parseQuery } from '@zegel/search';
import { describe, expect, it } from 'vitest';
import { hasTerm, withoutClause, withoutTerm, withTerm, withTimes } from '../src/search/edit-query.ts';
import { drawBars, DRAWING } from '../src/search/histogram-bars.ts';
import { zoomTerms } from '../src/search/zoom.ts';

const edit = (
  text: string,
  how: (query: ReturnType<typeof parseQuery>) => ReturnType<typeof parseQuery>,
): string => formatQuery(how(parseQuery(text)));

describe('editing queries', () => {
  const read = { name: 'action', value: 'read' };

  it('adds a term once, and takes its opposite away', () => {
    expect(edit('role:support', (q) => withTerm(q, read))).toBe('role:support action:read');
    expect(edit('action:read', (q) => withTerm(q, read))).toBe('action:read');
    expect(edit('-action:read x', (q) => withTerm(q, read))).toBe('x action:read');
    expect(edit('action:read x', (q) => withTerm(q, { ...read, negated: true }))).toBe('x -action:read');
  });

  it('removes one value of several, or the condition with its last', () => {
    expect(edit('action:read,export x', (q) => withoutTerm(q, read))).toBe('action:export x');
    expect(edit('action:read x -action:read', (q) => withoutTerm(q, read))).toBe('x -action:read');
    expect(edit('a b c', (q) => withoutClause(q, 1))).toBe('a c');
  });

  it('knows tokens and quoted values', () => {
    const query = parseQuery('subject:~0123456789abcdef trace:"a b"');
    expect(hasTerm(query, { name: 'subject', value: '~0123456789abcdef' })).toBe(true);
    expect(hasTerm(query, { name: 'trace', value: '"a b"' })).toBe(true);
    expect(hasTerm(query, { name: 'actor', value: '~0123456789abcdef' })).toBe(false);
  });

  it('replaces times, but not what is excluded', () => {
    expect(edit('after:7d x -on:2026-01-01 before:1h', (q) => withTimes(q, 'after:24h'))).toBe(
      'x -on:2026-01-01 after:24h',
    );
    expect(edit('on:2026-01-01 x', (q) => withTimes(q, ''))).toBe('x');
  });
});

describe('zooming', () => {
  const at = (text: string): number => Date.parse(text);
  const zone = 'Europe/Amsterdam';

  it('writes days, and times of the wall', () => {
    const day = { unit: 'day', count: 1 } as const;
    expect(zoomTerms(at('2026-03-28T23:00Z'), at('2026-03-29T22:00Z'), day, zone)).toBe(
      'after:2026-03-29 before:2026-03-30',
    );
    const hour = { unit: 'hour', count: 1 } as const;
    expect(zoomTerms(at('2026-07-01T07:00Z'), at('2026-07-01T08:00Z'), hour, zone)).toBe(
      'after:2026-07-01T09:00 before:2026-07-01T10:00',
    );
  });

  it('writes UTC where the wall shows a time twice', () => {
    const hour = { unit: 'hour', count: 1 } as const;
    expect(zoomTerms(at('2026-10-25T01:00Z'), at('2026-10-25T02:00Z'), hour, zone)).toBe(
      'after:2026-10-25T01:00Z before:2026-10-25T03:00',
    );
  });
});

describe('drawing', () => {
  it('puts bars side by side, the highest as high as the drawing, and shows what is there at all', () => {
    const bar = (n: number, count: number) => ({ from: n * 60_000, to: (n + 1) * 60_000, count });
    const histogram: Histogram = {
      basis: { hits: 1, exact: true },
      step: { unit: 'minute', count: 1 },
      bars: [bar(0, 1000), bar(1, 0), bar(2, 1), bar(3, 500)],
    };
    const drawn = drawBars(histogram, 'UTC');
    expect(drawn.map(({ x }) => x)).toEqual([0, 250, 500, 750]);
    expect(drawn.map(({ height }) => height)).toEqual([DRAWING.height, 0, 2, DRAWING.height / 2]);
    for (const { y, height } of drawn) expect(y + height).toBe(DRAWING.height);
    expect(drawn[0]?.terms).toBe('after:1970-01-01T00:00 before:1970-01-01T00:01');
    expect(drawBars({ ...histogram, step: undefined, bars: [] }, 'UTC')).toEqual([]);
  });
});
