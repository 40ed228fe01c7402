import type { Context } from 'hono';
import type { Env } from '../env.ts';
import type { Html } from '../views/html.ts';

/** Whether htmx asks, for a part of a page. */
export function isFragment(c: Context): boolean {
  return c.req.header('hx-request') === 'true';
}

/** Answers with a page, or, where it does not begin with `<html`, with a fragment. */
export async function respond(
  c: Context<Env>,
  view: Html,
  status: 200 | 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503 = 200,
): Promise<Response> {
  const text = String(await view);
  return c.html(text.startsWith('<html') ? `<!doctype html>${text}` : text, status);
}
