import { expect, test } from 'vitest';
import { isLong } from '../src/lean.ts';

test.each([
  [['serve', '--log', './audit'], {}, true],
  [['verify', '--log', 's3://bucket/prefix'], {}, true],
  [['verify', '--log=s3://bucket/prefix'], {}, true],
  [['verify'], { ZEGEL_LOG: 's3://bucket' }, true],
  [['copy', '--from', './audit', '--to', 's3://bucket'], {}, true],
  [['verify', '--log', './audit'], {}, false],
  [['append', '--log', 's3://bucket'], {}, false],
  [[], {}, false],
])('%j with %j is begun anew with settings of the memory: %s', (args, env, expected) => {
  expect(isLong(args, env)).toBe(expected);
});
