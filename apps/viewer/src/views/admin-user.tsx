import { localTime } from '@zegel/reading';
import type { Child } from 'hono/jsx';
import type { User } from '../access/user.ts';
import { ACCOUNT } from '../texts/access.ts';
import { ADMIN } from '../texts/admin.ts';
import { Days, Exempt, loginText, RoleBoxes } from './admin-users.tsx';
import { Admin, type AdminProps } from './admin.tsx';
import type { Html } from './html.ts';
import { Csrf } from './page.tsx';

type UserProps = AdminProps & { readonly user: User };

/** One user, and what can be changed about them. */
export function UserPage(props: UserProps): Html {
  const { c, services, zone, user } = props;
  const words = ADMIN[c.get('language')];
  const { name, roles, since, exempt } = user;
  const login = services.access.users.loginOf(name);
  const isOwn = name === c.get('viewer').name;
  return (
    <Admin {...props} title={name} part="users">
      <dl class="facts panel">
        <dt>{words.roles}</dt>
        <dd>{roles.map((role) => ACCOUNT[c.get('language')].role[role]).join(', ')}</dd>
        <dt>{words.login}</dt>
        <dd>{loginText(c, login, services.now(), zone)}</dd>
        <dt>{words.factor}</dt>
        <dd>
          {words.factorState(
            since && localTime(since, zone),
            exempt && !services.entrance.requireSecondFactor,
          )}
        </dd>
      </dl>
      {isOwn ? <p class="notice">{words.own}</p> : <Changes {...props} />}
    </Admin>
  );
}

function Changes(props: UserProps): Html {
  const { c, user } = props;
  const words = ADMIN[c.get('language')];
  return (
    <>
      <Change {...props} verb="roles" title={words.roles} button={words.save}>
        <RoleBoxes c={c} roles={user.roles} />
      </Change>
      <Change {...props} verb="exempt" title={words.factor} button={words.save}>
        <Exempt c={c} exempt={user.exempt} />
      </Change>
      <Change {...props} verb="token" title={words.renew} hint={words.renewHint} button={words.renew}>
        <Days c={c} />
      </Change>
      <Change
        {...props}
        verb="reset"
        title={words.resetFactor}
        hint={words.resetHint}
        button={words.resetFactor}
      />
      <Change {...props} verb="revoke" title={words.revoke} hint={words.revokeHint} button={words.revoke} />
    </>
  );
}

function Change(
  props: UserProps & {
    readonly verb: string;
    readonly title: string;
    readonly button: string;
    readonly hint?: string;
    readonly children?: Child;
  },
): Html {
  const { c, user, verb, title, button, hint, children } = props;
  return (
    <form method="post" action={`/admin/users/${encodeURIComponent(user.name)}/${verb}`} class="panel">
      <h2>{title}</h2>
      <Csrf c={c} />
      {hint !== undefined && <p>{hint}</p>}
      {children}
      <button class={verb === 'revoke' || verb === 'reset' ? 'danger' : ''}>{button}</button>
    </form>
  );
}
