import { expect, test } from 'vitest';
import { encodeBase32 } from '../src/access/base32.ts';
import { factorKey, oneTimeCode, stepOf, totpStep } from '../src/access/totp.ts';

const secret = Buffer.from('12345678901234567890');

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('RFC 6238 Appendix B: at %i seconds the code is %s', (seconds, code) => {
  expect(oneTimeCode(secret, totpStep(seconds * 1000), 8)).toBe(code);
});

test.each([
  [0, '755224'],
  [1, '287082'],
  [4, '338314'],
  [9, '520489'],
])('RFC 4226 Appendix D: the code of counter %i is %s', (counter, code) => {
  expect(oneTimeCode(secret, counter)).toBe(code);
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648 §10: base32 of "%s" is "%s"', (plain, text) => {
  expect(encodeBase32(Buffer.from(plain))).toBe(text);
});

test('a code holds for its own step and one to either side, however it is spaced', () => {
  const step = 37_037_036;
  const code = oneTimeCode(secret, step);
  const at = (off: number): number | undefined => stepOf(secret, code, (step + off) * 30_000 + 29_999);
  expect([-2, -1, 0, 1, 2].map(at)).toEqual([undefined, step, step, step, undefined]);
  expect(stepOf(secret, ` ${code.slice(0, 3)} ${code.slice(3)}\n`, step * 30_000)).toBe(step);
  for (const wrong of ['', code.slice(1), `${code}0`, '００００００', 'abcdef'])
    expect(stepOf(secret, wrong, step * 30_000), wrong).toBeUndefined();
});

test('an app is set up by a link that names log and user, or by typing the key', () => {
  expect(factorKey(secret, 'anna@shop', 'shop.example/audit?x')).toEqual({
    link: 'otpauth://totp/shop.example%2Faudit%3Fx:anna%40shop?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=shop.example%2Faudit%3Fx',
    text: 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ',
  });
});
