import type { Context } from 'hono';
import { ask } from '../search/ask.ts';

/** A host that no path of ours leads away from. */
const HERE = 'http://zegel.invalid';

/** A path of this viewer with its query, and nothing else: neither another host nor another scheme. `/` for what is none. */
export function localPath(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[!-~]*$/.test(text) || !URL.canParse(text, HERE)) return '/';
  const { origin, pathname, search } = new URL(text, HERE);
  // `/./\host` is `//host` once it is read as browsers do.
  return origin === HERE && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}

/**
 * Where a page stands, for leading back to it. Without its query where that names somebody, or might: identities are kept in
 * no address, cookie or header.
 */
export function addressOf(c: Context): string {
  return nameless(new URL(c.req.url), c.req.method === 'GET');
}

/** The page of ours that a form was sent from, in the same form; `/` where the browser does not say, or it was not ours. */
export function sourceOf(c: Context): string {
  const source = c.req.header('referer') ?? '';
  if (!URL.canParse(source)) return '/';
  const url = new URL(source);
  return url.host === new URL(c.req.url).host ? nameless(url, true) : '/';
}

function nameless({ pathname, search, searchParams }: URL, withQuery: boolean): string {
  const isNameless = searchParams.getAll('q').every((text) => ask(text).kind === 'query');
  return localPath(isNameless && withQuery ? `${pathname}${search}` : pathname);
}
