import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { sha256Base64url } from '@zegel/core';
import { Hono } from 'hono';
import type { Env } from '../env.ts';

/** A file that is served as it is. */
interface Asset {
  readonly bytes: Buffer;
  /** The same, compressed (RFC 7932): when it is asked for first, so that a start need not wait for it. */
  readonly small: () => Buffer;
  readonly type: string;
}

const YEAR = 31_536_000;
const DIGITS = 12;
const JS = 'text/javascript; charset=utf-8';

/** Styles and scripts of the pages, under addresses that change with their contents. */
export class Assets {
  /** Addresses that pages name. */
  readonly css: string;
  readonly htmx: string;
  readonly icon: string;
  readonly #scripts: string;
  readonly #files = new Map<string, Asset>();

  /** Reads everything once. @param folder of this package */
  constructor(folder: string) {
    const styles = names(join(folder, 'public/css'), '.css').map((name) => read(folder, 'public/css', name));
    this.css = this.#add('viewer', 'css', Buffer.concat(styles), 'text/css; charset=utf-8');
    const { resolve } = createRequire(import.meta.url);
    this.htmx = this.#add('htmx', 'js', readFileSync(resolve('htmx.org/dist/htmx.min.js')), JS);
    this.icon = this.#add('icon', 'svg', read(folder, 'public', 'icon.svg'), 'image/svg+xml');
    const scripts = names(join(folder, 'dist/browser'), '.js');
    const all = scripts.map((name) => read(folder, 'dist/browser', name));
    // One version for all of them: they import each other by name.
    this.#scripts = `/public/js-${digits(Buffer.concat(all))}`;
    scripts.forEach((name, at) => {
      this.#files.set(`${this.#scripts}/${name}`, assetOf(all[at] ?? Buffer.alloc(0), JS));
    });
  }

  /** Address of a browser module, such as `search` of `browser/search.ts`. */
  script(name: string): string {
    return `${this.#scripts}/${name}.js`;
  }

  routes(): Hono<Env> {
    const app = new Hono<Env>();
    app.get('/public/*', (c) => {
      const asset = this.#files.get(c.req.path);
      if (asset === undefined) return c.notFound();
      const isSmall = /\bbr\b/.test(c.req.header('accept-encoding') ?? '');
      const headers = {
        ...{ 'content-type': asset.type, 'cache-control': `public, max-age=${YEAR}, immutable` },
        ...{ vary: 'accept-encoding', ...(isSmall && { 'content-encoding': 'br' }) },
      };
      return c.body(new Uint8Array(isSmall ? asset.small() : asset.bytes), 200, headers);
    });
    return app;
  }

  #add(name: string, ending: string, bytes: Buffer, type: string): string {
    const path = `/public/${name}-${digits(bytes)}.${ending}`;
    this.#files.set(path, assetOf(bytes, type));
    return path;
  }
}

function assetOf(bytes: Buffer, type: string): Asset {
  let small: Buffer | undefined;
  return { bytes, small: () => (small ??= brotliCompressSync(bytes)), type };
}

function names(folder: string, ending: string): readonly string[] {
  // `base` first: what the others build on.
  const found = readdirSync(folder).filter((name) => name.endsWith(ending));
  return found.toSorted(
    (a, b) => Number(b.startsWith('base')) - Number(a.startsWith('base')) || (a < b ? -1 : 1),
  );
}

function read(folder: string, ...path: readonly string[]): Buffer {
  return readFileSync(join(folder, ...path));
}

function digits(bytes: Uint8Array): string {
  return sha256Base64url(bytes).slice(0, DIGITS);
}
