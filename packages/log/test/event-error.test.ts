import { ZegelError } from '@zegel/core';
import { expect, test } from 'vitest';
import { EventError } from '../src/event/error.ts';

test('an EventError carries all problems and tells the first three', () => {
  const problems = ['/a', '/b', '', '/d', '/e'].map((path) => ({ path, message: 'is wrong' }));
  const error = new EventError(problems, 4);
  expect(error).toBeInstanceOf(ZegelError);
  expect(error).toMatchObject({ code: 'EVENT_INVALID', name: 'EventError', position: 4, problems });
  expect(error.message).toBe('event 4 refused: /a is wrong; /b is wrong; is wrong; and 2 more');
  expect(new EventError(problems.slice(0, 1)).message).toBe('event refused: /a is wrong');
});
