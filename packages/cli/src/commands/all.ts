import type { Command } from '../run/command.ts';
import { append } from './append.ts';
import { checkpoint } from './checkpoint.ts';
import { copy } from './copy.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { init } from './init.ts';
import { lock } from './lock.ts';
import { prove } from './prove.ts';
import { publish } from './publish.ts';
import { reconcile } from './reconcile.ts';
import { register } from './register.ts';
import { search } from './search.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { token } from './token.ts';
import { user } from './user.ts';
import { verify } from './verify.ts';
import { verifyProof } from './verify-proof.ts';
import { vkey } from './vkey.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...[init, append, importCommand, search, show],
  ...[publish, copy, lock],
  ...[checkpoint, vkey, verify, prove, verifyProof, exportCommand, reconcile, register, serve, user, token],
];

/** The command of a name. */
export function findCommand(name: string): Command | undefined {
  return COMMANDS.find((command) => command.name === name);
}
