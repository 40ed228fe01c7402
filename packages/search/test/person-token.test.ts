import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryIndex } from '@zegel/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatQuery, namesPerson, openIndex, parseQuery, tokenized, tokenOf } from '../src/index.ts';
import { FakeLog, FakeVault } from './fake-log.ts';

const vault = new FakeVault();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-token-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function someLog(): FakeLog {
  const log = new FakeLog(vault);
  const shown = (id: string) => ({ type: 'customer', id, involvement: 'shown' });
  log.append({ occurred: 0, action: 'read', actor: { type: 'employee', id: 'x' }, subjects: [shown('a')] });
  log.append({ occurred: 1, action: 'read', actor: { type: 'employee', id: 'y' }, subjects: [shown('b')] });
  return log;
}

describe('tokens of persons', () => {
  it('are what the index keys people by', async () => {
    const log = someLog();
    const index = await openIndex({ path: join(dir, 'index.db'), log, vault, mode: 'write' });
    await index.catchUp();
    const { facets } = await index.facets('', { names: ['actor'] });
    const tokens = facets[0]?.values.map(({ value }) => value);
    expect(tokens?.toSorted()).toEqual(['x', 'y'].map((id) => tokenOf(vault, 'employee', id)).toSorted());
    expect((await index.search(`actor:~${tokenOf(vault, 'employee', 'y')}`)).indexes).toEqual([1]);
    index.close();
  });

  it('are held against the log like names: a hit that the log does not bear out is a finding', async () => {
    const log = someLog();
    const index = await openIndex({ path: join(dir, 'index.db'), log, vault, mode: 'write' });
    await index.catchUp();
    const query = `subject:~${tokenOf(vault, 'customer', 'a')}`;
    const fetched = await index.fetch(query, [entryIndex(1), entryIndex(0)]);
    expect(fetched.entries.map((entry) => entry.index)).toEqual([0]);
    expect(fetched.findings).toMatchObject([{ code: 'index-differs', index: 1 }]);
    index.close();
  });

  it('need the vault, which the log is asked through', async () => {
    const index = await openIndex({ path: join(dir, 'bare.db'), log: someLog(), mode: 'write' });
    await index.catchUp();
    await expect(index.search('subject:~0123456789abcdef')).rejects.toMatchObject({
      code: 'INDEX_NEEDS_VAULT',
    });
    index.close();
  });
});

describe('tokenized', () => {
  const text = 'actor:system,employee:e-1 -subject:customer:"a b",~0123456789abcdef action:read customer';

  it('gives everybody named by token and leaves the rest', () => {
    const query = parseQuery(text);
    const [e, c] = [tokenOf(vault, 'employee', 'e-1'), tokenOf(vault, 'customer', 'a b')];
    expect(formatQuery(tokenized(query, vault))).toBe(
      `actor:system,~${e} -subject:~${c},~0123456789abcdef action:read customer`,
    );
    expect(e).toMatch(/^[0-9a-f]{16}$/);
  });

  it('leaves nobody named', () => {
    expect(namesPerson(parseQuery(text))).toBe(true);
    expect(namesPerson(tokenized(parseQuery(text), vault))).toBe(false);
    expect(namesPerson(parseQuery('actor:system,~0123456789abcdef trace:x customer'))).toBe(false);
  });
});
