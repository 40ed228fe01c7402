import { assertAllRoutesAudited } from '@zegel/testing';
import { expect, it } from 'vitest';
import type { Stage } from './stage.ts';

/** What is checked before any request. */
export function definitions(stage: Stage): void {
  const subject = () => ({ type: 'customer', id: 'c-1' });

  it.each([
    ['nowhere', { action: 'read', fields: ['name'], subject }, ['']],
    [
      'dashboard',
      { action: 'look', fields: ['nam', 'email'], recipient: 'post', subject },
      ['/action', '/fields', '/recipient'],
    ],
    ['dashboard', { action: 'read', fields: ['name'] }, ['/subjects']],
    [
      'dashboard',
      { action: 'look', fields: ['name'], subject, subjects: 'discovered' },
      ['/action', '/subjects'],
    ],
    ['dashboard', { action: 'read', fields: ['name'], subject: 'c-1' }, ['/subject']],
  ])('%s %j', (activity, declared, paths) => {
    const define = () => stage.adapter.define(stage.options(), activity, declared);
    expect(define).toThrow(expect.objectContaining({ code: 'DECLARATION_INVALID' }));
    const problems = problemsOf(define);
    for (const path of paths) expect(problems.some((each) => each.startsWith(path))).toBe(true);
  });

  it('and finds the route that declares nothing', async (context) => {
    context.skip(
      /node|fetch/.test(stage.adapter.name),
      `${stage.adapter.name} has no list of routes to look through`,
    );
    const { app } = await stage.start();
    const except = ['/inside/:id', '/resolved', '/resolved/late'];
    expect(() => assertAllRoutesAudited(app, { except })).not.toThrow();
    expect(() => assertAllRoutesAudited(app, { except: except.slice(1) })).toThrow(
      'GET /inside/:id is neither',
    );
  });

  it('and marks what it made', () => {
    const marks = stage.adapter.define(stage.options(), 'dashboard', {
      action: 'read',
      fields: ['name'],
      subject,
    });
    expect(marks).toEqual([{ audited: 'dashboard' }, { unaudited: 'a page of help' }]);
  });
}

function problemsOf(define: () => unknown): readonly string[] {
  try {
    define();
    return [];
  } catch (error) {
    return (error as { readonly problems: readonly { readonly path: string }[] }).problems.map(
      ({ path }) => path,
    );
  }
}
