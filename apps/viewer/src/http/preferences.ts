import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Env } from '../env.ts';

/** Languages of the pages. */
export const LANGUAGES = ['nl', 'en'] as const;
/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** How pages look; `auto` is as the browser says. */
export const THEMES = ['auto', 'light', 'dark'] as const;
/** One of {@link THEMES}. */
export type Theme = (typeof THEMES)[number];

/** Cookies that keep what somebody prefers; they name nobody. */
export const LANGUAGE_COOKIE = 'zegel-language';
export const THEME_COOKIE = 'zegel-theme';

/** Language and theme of a request: by cookie, else as the browser asks, else Dutch. */
export const preferences: MiddlewareHandler<Env> = async (c, next) => {
  c.set('language', oneOf(LANGUAGES, getCookie(c, LANGUAGE_COOKIE)) ?? asked(c) ?? 'nl');
  c.set('theme', oneOf(THEMES, getCookie(c, THEME_COOKIE)) ?? 'auto');
  await next();
};

function asked(c: Context): Language | undefined {
  const header = c.req.header('accept-language') ?? '';
  const wanted = header.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === wanted.find((one) => oneOf(LANGUAGES, one) !== undefined));
}

/** The value, if it is one of them. */
export function oneOf<T extends string>(all: readonly T[], value: string | undefined): T | undefined {
  return all.find((each) => each === value);
}
