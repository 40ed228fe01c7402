import type { AccessEvent } from '@zegel/log';
import { kebab } from '../names.ts';

type Action = AccessEvent['action'];

/** Events whose verb alone would mislead. Lower-case event names. */
const EVENTS: ReadonlyMap<string, Action> = table({
  // Plaintext of what was encrypted comes out.
  read: ['decrypt', 'selectobjectcontent', 'downloaddblogfileportion'],
  search: ['query', 'scan', 'lookupevents', 'startquery', 'startqueryexecution', 'filterlogevents'],
  create: ['putobject', 'sendmessage', 'generatedatakeypair', 'uploadpart', 'completemultipartupload'],
  delete: ['terminateinstances'],
  // Credentials or sessions come out, and nothing that was kept is shown.
  execute: [
    'getfederationtoken',
    'getsessiontoken',
    'getsessiontokenwithsaml',
    'getsessiontokenwithwebidentity',
    'getrolecredentials',
    'getcredentialsforidentity',
    'createtoken',
    'createtokenwithiam',
    'createsession',
    'runtask',
  ],
  export: ['createinstanceexporttask', 'starttableexport', 'exporttabletopointintime', 'createdataexport'],
});

/** The first word of an event name. `Batch`, `Admin` and `Transact` before it are left out. */
const VERBS: ReadonlyMap<string, Action> = table({
  read: ['get', 'describe', 'head', 'download', 'view', 'preview', 'read', 'retrieve'],
  search: ['list', 'search', 'lookup', 'select', 'find', 'discover'],
  create: [
    'create',
    'run',
    'import',
    'register',
    'allocate',
    'copy',
    'restore',
    'issue',
    'upload',
    'generate',
    'provision',
    'request',
  ],
  update: [
    ...[
      'put',
      'update',
      'modify',
      'set',
      'add',
      'attach',
      'detach',
      'associate',
      'disassociate',
      'authorize',
      'revoke',
    ],
    ...[
      'enable',
      'disable',
      'tag',
      'untag',
      'change',
      'replace',
      'reset',
      'remove',
      'write',
      'apply',
      'configure',
    ],
  ],
  delete: ['delete', 'destroy', 'purge', 'deregister', 'release', 'forget'],
  export: ['export'],
  execute: [
    ...[
      'assume',
      'console',
      'login',
      'logout',
      'user',
      'check',
      'switch',
      'exit',
      'invoke',
      'send',
      'start',
      'stop',
      'reboot',
    ],
    ...[
      'terminate',
      'execute',
      'test',
      'validate',
      'verify',
      'sign',
      'encrypt',
      're',
      'leave',
      'join',
      'accept',
      'cancel',
    ],
    ...['resume', 'suspend', 'rotate', 'initiate', 'complete', 'simulate', 'publish'],
  ],
});

const PREFIXES = ['batch', 'admin', 'transact'];

/**
 * What an API call did: by the name of the event where the table has it, else by its verb. A verb of
 * reading in an event that CloudTrail calls a change (`readOnly: false`), and an unknown verb of one, is
 * `execute`: something was done, and the record does not say what. An unknown verb of an event that is
 * `readOnly` is `read`.
 */
export function actionOf(eventName: string, readOnly: unknown): Action {
  const words = kebab(eventName).split('-');
  if (PREFIXES.includes(words[0] ?? '')) words.shift();
  const known = EVENTS.get(words.join(''));
  if (known !== undefined) return known;
  const action = VERBS.get(words[0] ?? '') ?? (readOnly === true ? 'read' : 'execute');
  return readOnly === false && (action === 'read' || action === 'search') ? 'execute' : action;
}

function table(rows: Readonly<Partial<Record<Action, readonly string[]>>>): ReadonlyMap<string, Action> {
  const entries = Object.entries(rows) as readonly (readonly [Action, readonly string[]])[];
  return new Map(entries.flatMap(([action, words]) => words.map((word) => [word, action] as const)));
}
