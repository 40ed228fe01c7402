import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Env } from '../env.ts';
import { localPath } from '../http/local-path.ts';
import { LANGUAGE_COOKIE, LANGUAGES, oneOf, THEME_COOKIE, THEMES } from '../http/preferences.ts';

const YEAR = 31_536_000;

/** `POST /preferences`: language and appearance, in cookies that name nobody. */
export function preferenceRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/preferences', async (c) => {
    const form = await c.req.parseBody();
    const text = (name: string): string | undefined => {
      const value = form[name];
      return typeof value === 'string' ? value : undefined;
    };
    const keep = (name: string, value: string | undefined): void => {
      if (value !== undefined)
        setCookie(c, name, value, { path: '/', sameSite: 'Lax', maxAge: YEAR, httpOnly: true });
    };
    keep(LANGUAGE_COOKIE, oneOf(LANGUAGES, text('language')));
    keep(THEME_COOKIE, oneOf(THEMES, text('theme')));
    return c.redirect(localPath(text('back')), 303);
  });
  return app;
}
