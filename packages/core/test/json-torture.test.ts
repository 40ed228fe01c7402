import { describe, expect, it } from 'vitest';
import { canonicalize, parseCanonical } from '../src/canonical.ts';
import type { JsonValue } from '../src/json.ts';
import { ascii, hex, noVectors, thrownBy, valueOrCode, vectorBytes, vectorFiles } from './shared.ts';

const files = noVectors ? [] : vectorFiles('json-test-suite/test_parsing', '.json');
const transforms = noVectors ? [] : vectorFiles('json-test-suite/test_transform', '.json');

function named(letter: string): string[] {
  return files.filter((path) => path.includes(`/${letter}_`));
}

describe.skipIf(noVectors)('JSON that must be read', () => {
  it('is all there', () => expect(named('y')).toHaveLength(95));

  it.each(named('y'))('%s', (path) => {
    const value = JSON.parse(Buffer.from(vectorBytes(path)).toString('utf8')) as JsonValue;
    const text = canonicalize(value);
    expect(canonicalize(parseCanonical(ascii(text)))).toBe(text);
    expect(parseCanonical(ascii(text))).toEqual(JSON.parse(text));
  });
});

describe.skipIf(noVectors)('JSON that must be refused', () => {
  it('is all there', () => expect(named('n')).toHaveLength(188));

  it.each(named('n'))('%s', (path) => {
    expect(thrownBy(() => parseCanonical(vectorBytes(path)))).toMatchObject({
      name: 'FormatError',
      code: 'NOT_CANONICAL',
    });
  });
});

describe.skipIf(noVectors)('JSON that readers differ on', () => {
  it('is all there', () => expect([...named('i'), ...transforms].length).toBeGreaterThan(50));

  it.each([...named('i'), ...transforms])('%s', (path) => {
    const bytes = vectorBytes(path);
    expect([hex(bytes), 'NOT_CANONICAL']).toContain(
      valueOrCode(() => hex(ascii(canonicalize(parseCanonical(bytes))))),
    );
  });
});
