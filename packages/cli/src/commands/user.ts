import { openReader, parseLocation } from '@zegel/log';
import { AccessFile, ROLES } from '@zegel/viewer';
import { usage } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, oneOf, optionText, required, wholeNumber } from '../run/given.ts';
import { LOG_OPTION, logUrl } from '../run/locate.ts';
import { tellLogin, tellUser, tellUsers } from '../users/tell.ts';

const NEEDS = ['required', 'optional'] as const;
const MOST_DAYS = 366;

type Verb = (context: Context, access: AccessFile, name: string, more: string) => Promise<void> | void;

/** What can be done, with the number of words that follow. */
const VERBS: Readonly<Record<string, { readonly words: number; readonly act: Verb }>> = {
  add: { words: 1, act: add },
  list: { words: 0, act: tellUsers },
  roles: { words: 2, act: (_, { users }, name, roles) => users.setRoles(name, roles.split(',')) },
  token: { words: 1, act: renew },
  revoke: { words: 1, act: (_, { users }, name) => users.revoke(name) },
  totp: { words: 1, act: secondFactor },
};

/** `zegel user`. */
export const user: Command = {
  name: 'user',
  usage:
    'add NAME --role R[,R] | list | roles NAME R[,R] | token NAME | revoke NAME | totp NAME   [--log LOG]',
  about: [
    `Roles: ${ROLES.join(', ')}. A user logs in by name and login token, which is shown once and kept only as a hash, in`,
    'access.db beside the log; then by a second factor, which the first log-in sets up. token gives another login token, and',
    'revoke none; either ends the one before and the sessions made with it, and token opens a door that failures have closed.',
    'totp tells of the second factor, and --reset forgets a lost one.',
  ],
  options: {
    ...LOG_OPTION,
    role: { type: 'string', value: 'R[,R]', about: `add: ${ROLES.join(', ')}` },
    days: { type: 'string', value: 'N', about: 'add, token: days that the login token is good for; 90' },
    'second-factor': {
      type: 'string',
      value: 'WHEN',
      about: 'add, totp: required, which is the default, or optional',
    },
    reset: { type: 'boolean', about: 'totp: the next log-in sets up another' },
    json: { type: 'boolean', about: 'add, token: {name,roles,token,expires}; list, totp: a user a line' },
  },
  examples: [
    'zegel user add anna --role auditor,privacy --log ./audit',
    'zegel user roles anna auditor --log ./audit',
    'zegel user totp anna --reset --log ./audit',
  ],
  async run(context) {
    const [word, ...words] = context.rest;
    if (word === undefined) throw usage('zegel user add, list, roles, token, revoke or totp');
    const { words: count, act } = verbOf(word);
    const [name = '', more = ''] = words;
    if (words.length < count) throw usage(name === '' ? 'which user? Give the name' : 'which roles?');
    if (words.length > count) throw usage(`"${words[count]}" is one argument too many`);
    if (word === 'add') required(context, 'role', `one or more of ${ROLES.join(', ')}`);
    const url = logUrl(context);
    await (await openReader(url)).close(); // there is a log
    const access = new AccessFile(parseLocation(url).dir);
    try {
      await act(context, access, name, more);
    } finally {
      access.close();
    }
    return EXIT.fine;
  },
};

function verbOf(word: string): { readonly words: number; readonly act: Verb } {
  const verb = Object.hasOwn(VERBS, word) ? VERBS[word] : undefined;
  if (verb !== undefined) return verb;
  throw usage(`what to do is one of ${Object.keys(VERBS).join(', ')}, not "${word}"`);
}

async function add(context: Context, access: AccessFile, name: string): Promise<void> {
  const roles = (optionText(context, 'role') ?? '').split(',');
  const exempt = needOf(context) === 'optional';
  await tellLogin(context, access, name, await access.users.add(name, roles, { exempt, ...daysOf(context) }));
}

async function renew(context: Context, access: AccessFile, name: string): Promise<void> {
  const login = await access.users.newLogin(name, daysOf(context).days);
  access.attempts.forgive(name);
  await tellLogin(context, access, name, login);
}

async function secondFactor(context: Context, access: AccessFile, name: string): Promise<void> {
  const need = needOf(context);
  if (need !== undefined) access.users.setExempt(name, need === 'optional');
  if (isOn(context, 'reset')) access.users.resetFactor(name);
  await tellUser(context, access, access.users.get(name));
}

function needOf(context: Context): (typeof NEEDS)[number] | undefined {
  const text = optionText(context, 'second-factor');
  return text === undefined ? undefined : oneOf(text, '--second-factor', NEEDS);
}

function daysOf(context: Context): { readonly days?: number } {
  const text = optionText(context, 'days');
  return text === undefined ? {} : { days: wholeNumber(text, '--days', 1, MOST_DAYS) };
}
