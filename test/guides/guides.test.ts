import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';
import { commandsOf, GuideProject } from './project.ts';

describe('the guides', () => {
  let project: GuideProject;
  beforeAll(() => {
    project = new GuideProject();
    const [command = ''] = commandsOf('register', 'zegel');
    project.put('register', 'register.types.ts', project.zegel('register', command).out);
  });
  afterAll(() => project.remove());

  it('have snippets that compile', () => {
    expect(project.check()).toEqual({ out: '', err: '', status: 0 });
  });

  it.each(['hono', 'express', 'fastify'])('%s: from nothing to a sealed entry', async (guide) => {
    const port = await freePort();
    const env = { PORT: String(port) };
    const url = (path: string): string => `http://127.0.0.1:${port}${path}`;
    const paths = commandsOf(guide, 'curl').map((line) => new URL(line.split(' ')[1] ?? ''));
    const answers = await project.serving(
      guide,
      ['service.ts'],
      url('/health'),
      () =>
        Promise.all(paths.map(async ({ pathname, search }) => (await fetch(url(pathname + search))).json())),
      env,
    );
    expect(answers).toEqual([
      { id: 'c-1001', name: 'Jan de Wilgenhof', email: 'jan@klant.example' },
      [{ id: 'c-1002', name: 'Roos Eikenburg' }],
    ]);
    const [search, verify] = commandsOf(guide, 'zegel').map((line) => project.zegel(guide, line));
    expect(search).toMatchObject({ status: 0, err: '' });
    expect(search?.out).toMatch(/employee:e-17 +support +search +Customer service +customer:c-1002 +name /);
    expect(search?.out).toMatch(
      /employee:e-17 +support +read +Customer service +customer:c-1001 +email,name /,
    );
    expect(verify).toMatchObject({ status: 0, err: '' });
    const { out, status } = project.node(guide, ['--test', 'app.test.ts']);
    expect(status, out).toBe(0);
  });

  it('data-layer: what was not declared is not handed out', () => {
    const { out, err, status } = project.node('data-layer', ['behind.ts']);
    expect({ err, status }).toEqual({ err: expect.not.stringContaining('Error') as unknown, status: 0 });
    expect(out.split('\n')).toEqual([
      '200 [{"id":"c-1001","name":"Jan de Wilgenhof","products":"3 × tea"}]',
      '500 {"type":"about:blank","title":"Internal Server Error","status":500,"detail":"More personal data was read than declared.","code":"UNDECLARED"}',
      "[ 'success name order', 'error name order', 'error email name order' ]",
      expect.stringContaining('outside any context'),
      '',
    ]);
    const made = project.zegel('data-layer', 'zegel init --log ./audit --origin shop.example/audit');
    const [reconcile = ''] = commandsOf('data-layer', 'zegel');
    expect([made.status, project.zegel('data-layer', reconcile)]).toEqual([
      0,
      { out: 'nothing undeclared\n', err: '', status: 0 },
    ]);
  });

  it('register: wrong names fail, with the compiler or without', () => {
    const { out, status } = project.node('register', ['declare.ts']);
    expect(status).toBe(0);
    expect(out.split('\n').map((line) => line.split(':')[0])).toEqual([
      'NO_CONTEXT',
      'DECLARATION_INVALID',
      'DECLARATION_INVALID',
      '',
    ]);
    expect(project.node('register', ['json.ts'])).toEqual({ out: '', err: '', status: 0 });
    const [, init = ''] = commandsOf('register', 'zegel');
    expect(project.zegel('register', init)).toMatchObject({ err: '', status: 0 });
  });

  it('outbox: the log is elsewhere by one line', async () => {
    const [init = '', token = '', serve = ''] = commandsOf('outbox', 'zegel');
    const { out: json } = project.node('outbox', [
      '--input-type=module-typescript',
      '-e',
      "import { register } from './register.ts'; console.log(JSON.stringify(register))",
    ]);
    project.put('outbox', 'register.json', json);
    expect(project.zegel('outbox', init)).toMatchObject({ status: 0, err: '' });
    const secret = /zegel_\w+_[\w-]+/.exec(project.zegel('outbox', token).out)?.[0] ?? '';
    const port = await freePort();
    const said = await project.collecting('outbox', serve, port, () =>
      project.node('outbox', ['service.ts'], { ZEGEL_URL: `http://127.0.0.1:${port}`, ZEGEL_TOKEN: secret }),
    );
    expect(said).toMatchObject({ out: 'Jan de Wilgenhof\n', status: 0 });
    const found = project.zegel(
      'outbox',
      `zegel search --log ${join(project.folder, 'outbox', 'audit')} service:shop`,
    );
    expect(found.out).toMatch(/employee:e-17 +support +read +Orders +customer:c-1001 +name /);
  });
});
