import { timeText } from '@zegel/core';
import { localTime } from '@zegel/reading';
import type { Context } from 'hono';
import { type Role, ROLES } from '../access/permissions.ts';
import { type Login, loginState, type User } from '../access/user.ts';
import { MOST_DAYS, USUAL_DAYS } from '../access/users.ts';
import type { Env } from '../env.ts';
import { ACCOUNT } from '../texts/access.ts';
import { ADMIN } from '../texts/admin.ts';
import { Admin, type AdminProps } from './admin.tsx';
import type { Html } from './html.ts';
import { Csrf } from './page.tsx';

/** Everybody who may log in. */
export function UsersPage(props: AdminProps): Html {
  const { c, services } = props;
  const words = ADMIN[c.get('language')];
  return (
    <Admin {...props} title={words.users} part="users">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              {[words.name, words.roles, words.login, words.used, words.factor].map((each) => (
                <th scope="col">{each}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {services.access.users.all().map((user) => (
              <UserRow {...props} user={user} />
            ))}
          </tbody>
        </table>
      </div>
      <form method="post" action="/admin/users" class="panel new-user">
        <h2>{words.add}</h2>
        <Csrf c={c} />
        <div class="field">
          <label for="name">{words.name}</label>
          <input
            id="name"
            name="name"
            required
            maxlength={64}
            autocomplete="off"
            aria-describedby="name-hint"
          />
          <span class="hint" id="name-hint">
            {words.nameHint}
          </span>
        </div>
        <RoleBoxes c={c} />
        <Days c={c} />
        <Exempt c={c} />
        <button>{words.add}</button>
      </form>
    </Admin>
  );
}

function UserRow({ c, services, zone, user }: AdminProps & { readonly user: User }): Html {
  const words = ADMIN[c.get('language')];
  const { name, roles, since, exempt } = user;
  const { attempts, users } = services.access;
  const login = users.loginOf(name);
  const locked = attempts.lockedFor(name, services.now());
  return (
    <tr>
      <td>
        <a href={`/admin/users/${encodeURIComponent(name)}`}>{name}</a>
      </td>
      <td>{roles.map((role) => ACCOUNT[c.get('language')].role[role]).join(', ')}</td>
      <td>
        {loginText(c, login, services.now(), zone)}
        {locked > 0 && <span class="badge warn">{words.locked(Math.ceil(locked / 60_000))}</span>}
      </td>
      <td>{login?.used === undefined ? words.never : localTime(login.used, zone)}</td>
      <td>
        {words.factorState(since && localTime(since, zone), exempt && !services.entrance.requireSecondFactor)}
      </td>
    </tr>
  );
}

/** What a login token is worth, in words. */
export function loginText(c: Context<Env>, login: Login | undefined, now: number, zone: string): string {
  const until = login === undefined ? '' : localTime(login.expires, zone);
  return ADMIN[c.get('language')].state(loginState(login, timeText(now)), until);
}

/** A box for each role. */
export function RoleBoxes(props: { readonly c: Context<Env>; readonly roles?: readonly Role[] }): Html {
  const { c, roles = [] } = props;
  const words = ACCOUNT[c.get('language')];
  return (
    <fieldset>
      <legend>{words.roles}</legend>
      {ROLES.map((role) => (
        <label class="box">
          <input type="checkbox" name="role" value={role} checked={roles.includes(role)} /> {words.role[role]}
        </label>
      ))}
    </fieldset>
  );
}

/** How many days a login token is good for. */
export function Days({ c }: { readonly c: Context<Env> }): Html {
  return (
    <div class="field">
      <label for="days">{ADMIN[c.get('language')].days}</label>
      <input
        id="days"
        name="days"
        type="number"
        min={1}
        max={MOST_DAYS}
        value={String(USUAL_DAYS)}
        required
      />
    </div>
  );
}

/** Whether no second factor is wanted. */
export function Exempt(props: { readonly c: Context<Env>; readonly exempt?: boolean }): Html {
  const { c, exempt = false } = props;
  const words = ADMIN[c.get('language')];
  return (
    <p>
      <label class="box">
        <input type="checkbox" name="exempt" value="yes" checked={exempt} /> {words.exempt}
      </label>{' '}
      <span class="soft">{words.exemptHint}</span>
    </p>
  );
}
