import { describe, expect, test } from 'vitest';
import { builtinRegister } from '../src/register/builtin.ts';
import { compileRegister } from '../src/register/compile.ts';
import { sample } from './register-sample.ts';

describe('compileRegister', () => {
  const register = compileRegister(sample, 3);

  test('is cached per document and version', () => {
    expect(compileRegister(sample, 3)).toBe(register);
    expect(compileRegister(sample, 4)).not.toBe(register);
    expect(compileRegister(builtinRegister, 3)).not.toBe(register);
  });

  test('takes what an activity says', () => {
    const orders = register.activities.get('orders');
    expect(orders?.reference).toBe('orders@3');
    expect([...(orders?.fields ?? [])]).toEqual(['name', 'price']);
    expect([...(orders?.actions ?? [])]).toEqual(['read', 'update', 'search', 'disclose']);
    expect([...(orders?.roles ?? [])]).toEqual(['support']);
    expect([...(orders?.recipients ?? [])]).toEqual(['delivery']);
    expect(orders).toMatchObject({ policy: 'available', values: true });
  });

  test('fills in what an activity leaves out: all actions, persons and roles, but nobody to give data to', () => {
    const newsletter = register.activities.get('newsletter');
    expect(newsletter?.actions.size).toBe(8);
    expect([...(newsletter?.persons ?? [])]).toEqual(['customer', 'employee']);
    expect([...(newsletter?.roles ?? [])]).toEqual(['support', 'planner']);
    expect(newsletter?.recipients?.size).toBe(0);
    expect(newsletter).toMatchObject({ policy: 'strict', values: false });
    expect(register.activities.get('anything')?.fields).toBeUndefined();
  });

  test('the built-in register asks nothing of names', () => {
    const general = compileRegister(builtinRegister, 1).activities.get('general');
    for (const names of [general?.fields, general?.persons, general?.roles, general?.recipients]) {
      expect(names).toBeUndefined();
    }
  });

  test('consultations are apart from the activities of the document', () => {
    expect(register.activities.has('zegel-consultation')).toBe(false);
    expect(register.builtin.get('zegel-consultation')?.reference).toBe('zegel-consultation@3');
  });

  test('names operations within 64 characters', () => {
    expect(register.activities.get('orders')?.operations.disclose).toBe('orders.disclose');
    const long = 'a'.repeat(64);
    const activity = sample.activities.anything;
    const compiled = compileRegister({ ...sample, activities: { [long]: activity } }, 1);
    const name = compiled.activities.get(long)?.operations.disclose;
    expect(name).toBe(`${'a'.repeat(55)}.disclose`);
    expect(name?.length).toBe(64);
  });
});
