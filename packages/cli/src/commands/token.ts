import { openReader, parseLocation } from '@zegel/log';
import { AccessFile, type Scope, SCOPES, type StoredToken } from '@zegel/viewer';
import { usage } from '../run/cli-error.ts';
import type { Command, Context } from '../run/command.ts';
import { EXIT } from '../run/exit.ts';
import { isOn, oneOf, optionText, required } from '../run/given.ts';
import { LOG_OPTION, logUrl } from '../run/locate.ts';

const VERBS = ['new', 'list', 'revoke'] as const;

/** `zegel token`. */
export const token: Command = {
  name: 'token',
  usage: 'new --source NAME [--scope SCOPE,…] | list | revoke ID   [--log LOG]',
  about: [
    'A service sends events, or reads the log, with a token of its own. NAME is the source under which the log knows their',
    'ids: two tokens of one source can follow each other. The token is shown once and kept only as a hash, in access.db',
    'beside the log.',
  ],
  options: {
    ...LOG_OPTION,
    source: { type: 'string', value: 'NAME', about: 'new: whose events these are, such as shop' },
    scope: {
      type: 'string',
      value: 'SCOPE,…',
      about: `new: what it is for; ${SCOPES.join(', ')}`,
    },
    json: { type: 'boolean', about: 'new: {id,token,source,scopes}; list: a token a line' },
  },
  examples: [
    'zegel token new --log ./audit --source shop',
    'zegel token new --log ./audit --source siem --scope read,metrics',
    'zegel token list --log ./audit',
    'zegel token revoke --log ./audit 0123456789abcdef',
  ],
  async run(context) {
    const [word, id, extra] = context.rest;
    if (word === undefined) throw usage('zegel token new, list or revoke');
    const verb = oneOf(word, 'what to do', VERBS);
    const tooMany = verb === 'revoke' ? extra : id;
    if (tooMany !== undefined) throw usage(`"${tooMany}" is one argument too many`);
    if (verb === 'revoke' && id === undefined)
      throw usage('which token? Give its ID, as in zegel token list');
    const source = verb === 'new' ? required(context, 'source', 'whose events are these, such as shop?') : '';
    const scopes = (optionText(context, 'scope') ?? 'events')
      .split(',')
      .map((scope) => oneOf(scope, '--scope', SCOPES));
    const url = logUrl(context);
    await (await openReader(url)).close(); // there is a log
    const access = new AccessFile(parseLocation(url).dir);
    try {
      if (verb === 'new') await make(context, access, source, scopes);
      else if (verb === 'list') await list(context, access);
      else access.revoke(id ?? '');
    } finally {
      access.close();
    }
    return EXIT.fine;
  },
};

async function make(
  context: Context,
  access: AccessFile,
  source: string,
  scopes: readonly Scope[],
): Promise<void> {
  const { id, text } = await access.newToken(source, scopes);
  if (isOn(context, 'json')) {
    await context.out.write(`${JSON.stringify({ id, token: text, source, scopes })}\n`);
    return;
  }
  await context.out.write(`${text}\n`);
  context.complain(
    `keep it now, it is not shown again; what is sent or read with it is of the source ${source}`,
  );
}

async function list(context: Context, access: AccessFile): Promise<void> {
  for (const each of access.tokens())
    await context.out.write(isOn(context, 'json') ? `${JSON.stringify(told(each))}\n` : line(each));
}

function told({ id, source, scopes, created, used, revoked }: StoredToken): object {
  return { id, source, scopes, created, used: used ?? null, revoked: revoked ?? null };
}

function line({ id, source, scopes, created, used, revoked }: StoredToken): string {
  const state = revoked === undefined ? `used ${used ?? 'never'}` : `revoked ${revoked}`;
  return `${id}  ${source}  ${scopes.join(',')}  made ${created}  ${state}\n`;
}
