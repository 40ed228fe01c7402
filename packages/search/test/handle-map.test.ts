import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HandleMap } from '../src/segment/handle-map.ts';

it('keeps what a Map would keep', () => {
  // Few values per byte, so that numbers meet in their first words and in their slots.
  const number = fc
    .array(fc.constantFrom(0, 1, 255), { minLength: 16, maxLength: 16 })
    .map((n) => Uint8Array.from(n));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 1500, size: 'max' }), (numbers) => {
      const map = new HandleMap<number>();
      const model = new Map<string, number>();
      numbers.forEach((one, i) => {
        const key = one.join();
        expect(map.get(one)).toBe(model.get(key));
        if (model.has(key)) return;
        map.add(one, i);
        model.set(key, i);
      });
      expect(map.size).toBe(model.size);
      for (const one of numbers) expect(map.get(one)).toBe(model.get(one.join()));
    }),
    { numRuns: 30 },
  );
});
