import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { may, type Permission } from '../access/permissions.ts';
import type { Env, Viewer } from '../env.ts';
import { addressOf } from '../http/local-path.ts';
import { LANGUAGES, THEMES } from '../http/preferences.ts';
import type { Services } from '../services.ts';
import { COMMON, type Common } from '../texts/common.ts';
import type { Html } from './html.ts';
import { IntegrityState } from './integrity-state.tsx';

/** Parts of the viewer, as the navigation names them. */
type Section = 'search' | 'persons' | 'reviews' | 'exports' | 'integrity' | 'admin' | 'account';

const NAVIGATION: readonly (readonly [section: Section, path: string, permission: Permission])[] = [
  ['search', '/', 'search'],
  ['persons', '/persons', 'person'],
  ['reviews', '/reviews', 'review'],
  ['exports', '/exports', 'export'],
  ['integrity', '/integrity', 'integrity'],
  ['admin', '/admin', 'users'],
  ['account', '/account', 'account'],
];

/** What a page is made with. */
export interface PageProps {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly title: string;
  readonly section?: Section;
  /** Browser modules of this page, such as `search`. */
  readonly scripts?: readonly string[];
  readonly children?: Child;
}

/** A whole page: head, navigation, state of the log, content. */
export function Page({ c, services, title, section, scripts = [], children }: PageProps): Html {
  const { assets } = services;
  const [language, viewer] = [c.get('language'), c.get('viewer') as Viewer | undefined];
  const words = COMMON[language];
  return (
    <html lang={language} data-theme={c.get('theme')}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false,"inlineScriptNonce":""}' />
        {viewer && <meta name="csrf" content={viewer.session.csrf} />}
        <title>{`${title} · ${words.name}`}</title>
        <link rel="icon" href={assets.icon} />
        <link rel="stylesheet" href={assets.css} />
        <script src={assets.htmx} defer></script>
        {['base', ...scripts].map((name) => (
          <script type="module" src={assets.script(name)}></script>
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {words.skip}
        </a>
        <header class="top">
          <a class="brand" href="/">
            {words.name}
          </a>
          {viewer && <Navigation viewer={viewer} section={section} words={words} />}
          {viewer && <IntegrityState c={c} services={services} />}
          {viewer && (
            <form class="sign-out" method="post" action="/logout">
              <Csrf c={c} />
              <button class="quiet">{words.signOut}</button>
            </form>
          )}
        </header>
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <footer>
          <Preferences c={c} />
        </footer>
      </body>
    </html>
  );
}

function Navigation(props: {
  readonly viewer: Viewer;
  readonly section: Section | undefined;
  readonly words: Common;
}): Html {
  const { viewer, section, words } = props;
  const allowed = NAVIGATION.filter(([, , permission]) => may(viewer.session.roles, permission));
  return (
    <nav aria-label={words.name}>
      <ul>
        {allowed.map(([name, path]) => (
          <li>
            <a href={path} aria-current={name === section ? 'page' : undefined}>
              {words[name]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Language and appearance; works without JavaScript. */
function Preferences({ c }: { readonly c: Context<Env> }): Html {
  const words = COMMON[c.get('language')];
  return (
    <form class="preferences" method="post" action="/preferences">
      <Csrf c={c} />
      <input type="hidden" name="back" value={addressOf(c)} />
      <select name="language" aria-label={words.language}>
        {LANGUAGES.map((each) => (
          <option value={each} selected={each === c.get('language')}>
            {each === 'nl' ? 'Nederlands' : 'English'}
          </option>
        ))}
      </select>
      <select name="theme" aria-label={words.theme}>
        {THEMES.map((each) => (
          <option value={each} selected={each === c.get('theme')}>
            {words.themes[each]}
          </option>
        ))}
      </select>
      <button class="quiet">{words.apply}</button>
    </form>
  );
}

/** The field without which nothing is changed. */
export function Csrf({ c }: { readonly c: Context<Env> }): Html {
  const viewer = c.get('viewer') as Viewer | undefined;
  return <input type="hidden" name="csrf" value={viewer?.session.csrf ?? ''} />;
}
