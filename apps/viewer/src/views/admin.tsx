import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { ADMIN } from '../texts/admin.ts';
import type { Html } from './html.ts';
import { Page } from './page.tsx';

/** A secret that is shown this once. */
export interface Shown {
  /** Whose it is. */
  readonly name: string;
  readonly text: string;
}

/** What every page of the administration is made with. */
export interface AdminProps {
  readonly c: Context<Env>;
  readonly services: Services;
  readonly zone: string;
  /** What went wrong, in words. */
  readonly problem?: string | undefined;
  readonly shown?: Shown | undefined;
}

/** A page of the administration, with the way to its parts. */
export function Admin(
  props: AdminProps & {
    readonly title: string;
    readonly part: 'users' | 'tokens';
    readonly children?: Child;
  },
): Html {
  const { c, services, title, part, problem, shown, children } = props;
  const words = ADMIN[c.get('language')];
  const current = (name: string): 'page' | undefined => (name === part ? 'page' : undefined);
  return (
    <Page c={c} services={services} title={title} section="admin">
      <h1>{title}</h1>
      <nav class="parts" aria-label={words.parts}>
        <a href="/admin" aria-current={current('users')}>
          {words.users}
        </a>
        <a href="/admin/tokens" aria-current={current('tokens')}>
          {words.tokens}
        </a>
      </nav>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      {shown && (
        <div class="notice good" role="status">
          <p>
            <strong>{words.tokenOf(shown.name)}</strong>
          </p>
          <pre class="secret">{shown.text}</pre>
          <p>{words.keepNow}</p>
        </div>
      )}
      {children}
    </Page>
  );
}
