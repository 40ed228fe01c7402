import { localTime } from '@zegel/reading';
import type { Context } from 'hono';
import type { Login, User } from '../access/user.ts';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { ACCOUNT, type AccountWords } from '../texts/access.ts';
import { CodeField, FactorKey } from './factor-key.tsx';
import type { Html } from './html.ts';
import { Csrf, Page } from './page.tsx';

/** What one's own account shows. */
export interface AccountProps {
  readonly c: Context<Env>;
  readonly services: Services;
  /** As `access.db` has it. */
  readonly user: User | undefined;
  readonly login: Login | undefined;
  /** A second factor that is being set up. */
  readonly secret: Uint8Array | undefined;
  readonly zone: string;
  readonly problem?: string | undefined;
  readonly done?: boolean;
}

/** One's own account: roles, session, second factor. */
export function AccountPage(props: AccountProps): Html {
  const { c, services, user, login, zone, problem, done } = props;
  const words = ACCOUNT[c.get('language')];
  const { name, session } = c.get('viewer');
  const time = (text: string): string => localTime(text, zone);
  return (
    <Page c={c} services={services} title={words.title} section="account">
      <h1>{words.title}</h1>
      {problem !== undefined && (
        <p class="notice bad" role="alert">
          {problem}
        </p>
      )}
      {done === true && (
        <p class="notice good" role="status">
          {words.done}
        </p>
      )}
      <dl class="facts panel">
        <dt>{words.name}</dt>
        <dd>{name}</dd>
        <dt>{words.roles}</dt>
        <dd>{[...session.roles].map((role) => words.role[role]).join(', ')}</dd>
        <dt>{words.signedInSince}</dt>
        <dd>
          {time(new Date(session.begun).toISOString())}, {words.signedInBy(session.isStrong)}
        </dd>
        {login && (
          <>
            <dt>{words.tokenUntil}</dt>
            <dd>{time(login.expires)}</dd>
          </>
        )}
        <dt>{words.factor}</dt>
        <dd>{user?.since === undefined ? words.factorNone : words.factorSince(time(user.since))}</dd>
      </dl>
      {user && <Factor {...props} words={words} user={user} />}
    </Page>
  );
}

function Factor(props: AccountProps & { readonly words: AccountWords; readonly user: User }): Html {
  const { c, services, secret, words, user } = props;
  if (secret === undefined)
    return (
      <form class="panel narrow-left" method="post" action="/account/factor">
        <h2>{words.factor}</h2>
        <Csrf c={c} />
        {user.factor && <CodeField c={c} label={words.current} />}
        <button>{user.factor === undefined ? words.begin : words.replace}</button>
      </form>
    );
  return (
    <form class="panel narrow-left" method="post" action="/account/factor/confirm">
      <h2>{words.begin}</h2>
      <Csrf c={c} />
      <FactorKey c={c} secret={secret} user={user.name} issuer={services.entrance.issuer} />
      <CodeField c={c} label={words.confirm} />
      <div class="actions">
        <button>{words.confirm}</button>
        <a href="/account">{words.cancel}</a>
      </div>
    </form>
  );
}
