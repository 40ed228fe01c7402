import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { read, root } from '../house/lib/tree.ts';

const GUIDES = ['hono', 'express', 'fastify', 'data-layer', 'register', 'outbox'] as const;

const ZEGEL = fileURLToPath(new URL('../node_modules/@zegel/cli/dist/bin.js', import.meta.url));

const TSCONFIG = {
  compilerOptions: {
    ...{ target: 'es2024', lib: ['es2024', 'esnext.disposable'], module: 'nodenext', types: ['node'] },
    typeRoots: [join(root, 'node_modules/@types')],
    ...{
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noImplicitReturns: true,
    },
    ...{ noPropertyAccessFromIndexSignature: true, verbatimModuleSyntax: true, erasableSyntaxOnly: true },
    ...{ noEmit: true, allowImportingTsExtensions: true, skipLibCheck: true },
  },
  include: ['*/*.ts'],
};

/** What a program said. */
export interface Said {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

/** The files of the guides, each guide in a folder of its own, as a reader would have them. */
export class GuideProject {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'zegel-guides-'));

  constructor() {
    symlinkSync(
      fileURLToPath(new URL('../node_modules', import.meta.url)),
      join(this.folder, 'node_modules'),
    );
    writeFileSync(join(this.folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(this.folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    for (const guide of GUIDES) {
      mkdirSync(join(this.folder, guide));
      for (const [name, text] of filesOf(guide)) writeFileSync(join(this.folder, guide, name), text);
    }
    cpSync(join(root, 'examples/voorbeeld/register.json'), join(this.folder, 'register', 'register.json'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }

  put(guide: string, name: string, text: string): void {
    writeFileSync(join(this.folder, guide, name), text);
  }

  /** Types of everything. */
  check(): Said {
    const tsc = join(root, 'node_modules/.bin/tsc');
    return said(spawnSync(tsc, ['-p', '.'], { cwd: this.folder, encoding: 'utf8', timeout: 100_000 }));
  }

  /** `node …` in a guide's folder. */
  node(guide: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Said {
    const options = {
      cwd: join(this.folder, guide),
      env: { ...process.env, ...env },
      timeout: 60_000,
    } as const;
    return said(spawnSync(process.execPath, [...args], { ...options, encoding: 'utf8' }));
  }

  /** A command as the guide writes it. */
  zegel(guide: string, line: string): Said {
    return this.node(guide, [ZEGEL, ...wordsOf(line).slice(1)]);
  }

  /** Runs a server while something is done, once it answers. */
  async serving<T>(
    guide: string,
    args: readonly string[],
    url: string,
    work: () => Promise<T> | T,
    env: NodeJS.ProcessEnv = {},
  ): Promise<T> {
    const child = spawn(process.execPath, [...args], {
      cwd: join(this.folder, guide),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    try {
      for (let left = 200; !(await answers(url)); left--) {
        if (left === 0 || child.exitCode !== null) throw new Error(`${guide} did not start: ${err}`);
        await new Promise((done) => setTimeout(done, 50));
      }
      return await work();
    } finally {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'close');
      }
    }
  }

  /** `zegel serve …` as the guide writes it, on another port. */
  collecting<T>(guide: string, line: string, port: number, work: () => Promise<T> | T): Promise<T> {
    const words = wordsOf(line.replace(/--port \d+/, `--port ${port}`)).slice(1);
    return this.serving(guide, [ZEGEL, ...words], `http://127.0.0.1:${port}/healthz`, work);
  }
}

/** Command lines of a guide that begin with a word. */
export function commandsOf(guide: string, first: string): readonly string[] {
  return blocksOf(guide, 'sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith(`${first} `));
}

/** Files of a guide by name, which the first line of each gives. */
function filesOf(guide: string): readonly (readonly [name: string, text: string])[] {
  return blocksOf(guide, 'ts').map((text) => {
    const name = /^\/\/ ([a-z.-]+\.ts)\n/.exec(text)?.[1];
    if (name === undefined) throw new Error(`a block of ${guide} has no name: ${text.slice(0, 60)}`);
    return [name, text];
  });
}

function blocksOf(guide: string, language: string): readonly string[] {
  return [...read(`docs/guides/${guide}.md`).matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(
    ([, found, text = '']) => (found === language ? [text] : []),
  );
}

/** Words of a command line; quotes and a redirection are all that the guides use. */
function wordsOf(line: string): readonly string[] {
  return [...line.replace(/ > .*/, '').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
}

function said({ stdout, stderr, status }: { stdout: string; stderr: string; status: number | null }): Said {
  return { out: stdout, err: stderr, status };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
