import { registerTypes } from '@zegel/log';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { register } from '../src/service.ts';

test('the types are those of the register: `zegel register types examples/voorbeeld/register.json`', () => {
  const types = readFileSync(new URL('../src/register-types.ts', import.meta.url), 'utf8');
  expect(types).toBe(registerTypes(register));
});
