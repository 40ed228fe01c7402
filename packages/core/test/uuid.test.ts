import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUuid, parseUuid, uuidV7, uuidV8 } from '../src/uuid.ts';
import { fromHex, hex, thrownBy } from './shared.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('UUID', () => {
  it('keeps the example of RFC 9562 appendix A.6', () => {
    // Version and variant bits of the random part are overwritten, whatever they are.
    expect(formatUuid(uuidV7(1_645_557_742_000, fromHex('fcc3d8c4dc0c0c07398f')))).toBe(
      '017f22e2-79b0-7cc3-98c4-dc0c0c07398f',
    );
  });

  it('has version 7 and its time first', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 48 - 1), bytes(10), (ms, random) => {
        const uuid = uuidV7(ms, random);
        expect(Number.parseInt(hex(uuid.subarray(0, 6)), 16)).toBe(ms);
        expect(formatUuid(uuid)).toMatch(/^.{8}-.{4}-7.{3}-[89ab].{3}-.{12}$/);
        expect(hex(uuid.subarray(9))).toBe(hex(random.subarray(3)));
      }),
    );
  });

  it('has version 8 and the bits of its MAC', () => {
    expect(formatUuid(uuidV8(fromHex('ff'.repeat(32))))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
    expect(formatUuid(uuidV8(fromHex('00'.repeat(16))))).toBe('00000000-0000-8000-8000-000000000000');
    const mac = Buffer.alloc(32, 0x11);
    uuidV8(mac);
    expect(hex(mac)).toBe('11'.repeat(32));
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(bytes(16), (uuid) => {
        expect(hex(parseUuid(formatUuid(uuid)))).toBe(hex(uuid));
      }),
    );
  });

  const good = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
  it.each([
    good.toUpperCase(),
    `{${good}}`,
    `${good}\n`,
    good.replaceAll('-', ''),
    good.slice(1),
    good.replace('f', 'g'),
    '',
  ])('refuses %j', (text) => {
    expect(thrownBy(() => parseUuid(text))).toMatchObject({ name: 'FormatError', code: 'BAD_UUID' });
  });
});
