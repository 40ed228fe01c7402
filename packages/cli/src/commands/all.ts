import type { CommandRow } from '../run/command.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  { name: 'init', summary: 'makes a log and its keys', load: async () => (await import('./init.ts')).init },
  {
    name: 'append',
    summary: 'appends access events',
    load: async () => (await import('./append.ts')).append,
  },
  {
    name: 'import',
    summary: 'brings records of other systems in',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'search',
    summary: 'finds entries, newest first',
    load: async () => (await import('./search.ts')).search,
  },
  { name: 'show', summary: 'shows one entry', load: async () => (await import('./show.ts')).show },
  {
    name: 'publish',
    summary: 'publishes a log in a bucket as C2SP tlog-tiles',
    load: async () => (await import('./publish.ts')).publish,
  },
  {
    name: 'copy',
    summary: 'copies a log to another place, verified on both sides',
    load: async () => (await import('./copy.ts')).copy,
  },
  {
    name: 'lock',
    summary: "sets or lifts S3's legal hold on entries of a log in a bucket",
    load: async () => (await import('./lock.ts')).lock,
  },
  {
    name: 'checkpoint',
    summary: 'prints the newest signed checkpoint',
    load: async () => (await import('./checkpoint.ts')).checkpoint,
  },
  {
    name: 'vkey',
    summary: "prints the log's verifier key",
    load: async () => (await import('./vkey.ts')).vkey,
  },
  {
    name: 'verify',
    summary: 'checks everything that the log can be held to',
    load: async () => (await import('./verify.ts')).verify,
  },
  {
    name: 'prove',
    summary: 'writes a proof that an entry is in the log',
    load: async () => (await import('./prove.ts')).prove,
  },
  {
    name: 'verify-proof',
    summary: 'checks such a proof, without the log',
    load: async () => (await import('./verify-proof.ts')).verifyProof,
  },
  {
    name: 'export',
    summary: 'writes entries to a file, in index order',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'reconcile',
    summary: 'lists what was read behind a declaration’s back',
    load: async () => (await import('./reconcile.ts')).reconcile,
  },
  {
    name: 'register',
    summary: 'makes TypeScript types of a register in JSON',
    load: async () => (await import('./register.ts')).register,
  },
  {
    name: 'serve',
    summary: 'shows a log in a browser, and takes events over HTTP',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'user',
    summary: 'makes, lists and revokes log-ins of the viewer',
    load: async () => (await import('./user.ts')).user,
  },
  {
    name: 'token',
    summary: 'makes, lists and revokes service tokens',
    load: async () => (await import('./token.ts')).token,
  },
];

/** The command of a name, and what one line says of it. */
export function findCommand(name: string): CommandRow | undefined {
  return COMMANDS.find((command) => command.name === name);
}
