import { timeText } from '@zegel/core';
import { type AccessFile, loginState, type NewLogin, type User } from '@zegel/viewer';
import type { Context } from '../run/command.ts';
import { isOn } from '../run/given.ts';

/** Shows a new login token, this once. */
export async function tellLogin(
  context: Context,
  access: AccessFile,
  name: string,
  { text, expires }: NewLogin,
): Promise<void> {
  if (isOn(context, 'json')) {
    const { roles } = access.users.get(name);
    await context.out.write(`${JSON.stringify({ name, roles, token: text, expires })}\n`);
    return;
  }
  await context.out.write(`${text}\n`);
  context.complain(`keep it now, it is not shown again; ${name} logs in with it until ${expires}`);
}

/** Everybody, one a line. */
export async function tellUsers(context: Context, access: AccessFile): Promise<void> {
  for (const user of access.users.all()) await tellUser(context, access, user);
}

/** One user, in one line. */
export async function tellUser(context: Context, access: AccessFile, user: User): Promise<void> {
  const now = Date.now();
  const login = access.users.loginOf(user.name);
  const told = {
    name: user.name,
    roles: user.roles,
    created: user.created,
    login: loginState(login, timeText(now)),
    expires: login?.expires ?? null,
    used: login?.used ?? null,
    secondFactor: user.since ?? (user.exempt ? 'optional' : 'required'),
    lockedFor: Math.ceil(access.attempts.lockedFor(user.name, now) / 1000),
  };
  await context.out.write(isOn(context, 'json') ? `${JSON.stringify(told)}\n` : lineOf(told));
}

function lineOf(told: {
  readonly name: string;
  readonly roles: readonly string[];
  readonly login: string;
  readonly expires: string | null;
  readonly used: string | null;
  readonly secondFactor: string;
  readonly lockedFor: number;
}): string {
  const { name, roles, login, expires, used, secondFactor, lockedFor } = told;
  const factor = /^\d/.test(secondFactor) ? `since ${secondFactor}` : `${secondFactor}, not set up`;
  const parts = [
    name,
    roles.join(','),
    login === 'good' ? `token until ${expires}` : `token ${login}`,
    `used ${used ?? 'never'}`,
    `second factor ${factor}`,
    ...(lockedFor > 0 ? [`locked out for ${lockedFor} s`] : []),
  ];
  return `${parts.join('  ')}\n`;
}
