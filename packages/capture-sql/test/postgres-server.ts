import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server to test against. */
export interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';

/** Why there is no PostgreSQL to test against; undefined where there is one. */
export function whyNoPostgres(): string | undefined {
  if (process.env['ZEGEL_TEST_PG'] !== undefined || binaries() !== undefined) return undefined;
  const why = 'PostgreSQL is not installed and ZEGEL_TEST_PG names none: tests of node-postgres are left out';
  process.stderr.write(`${why}\n`);
  return why;
}

/** The server that `ZEGEL_TEST_PG` names, in a database of its own; else one started here, on a free port and a new folder. */
export async function startPostgres(): Promise<Server> {
  const named = process.env['ZEGEL_TEST_PG'];
  if (named !== undefined) return ownDatabase(named);
  const bin = binaries();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const dir = mkdtempSync(join(tmpdir(), 'zegel-pg-'));
  const user = runningAs();
  if (user !== undefined) chownSync(dir, user.uid, user.gid);
  const data = join(dir, 'data');
  // It may not be run by root, and may not look into the folder that it is started from.
  const as = { cwd: dir, ...user };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync'],
    {
      ...as,
      stdio: 'ignore',
    },
  );
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${dir}`,
    'fsync=off',
  ];
  // The shell ends the server, by its pid, when its own input ends: with this process at the latest, however that ends.
  const script = '"$@" < /dev/null & server=$!; cat; kill -INT $server; wait $server';
  const command = ['postgres-until-eof', join(bin, 'postgres'), '-D', data];
  const args = ['-c', script, ...command, ...settings.flatMap((each) => ['-c', each])];
  const server = spawn('sh', args, { ...as, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await answering(url);
  return {
    url,
    async stop() {
      await new Promise((resolve) => setTimeout(resolve, 50)); // connections that were ended are gone by then
      server.stdin.end();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function binaries(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a));
  return versions.map((each) => join(DEBIAN, each, 'bin')).find((bin) => existsSync(join(bin, 'postgres')));
}

function runningAs(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function ownDatabase(url: string): Promise<Server> {
  const name = `zegel_test_${process.pid}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`DROP DATABASE IF EXISTS ${name}`);
  await admin(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, stop: () => admin(`DROP DATABASE ${name}`) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answering(url: string): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
