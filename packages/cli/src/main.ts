import { COMMANDS, findCommand } from './commands/all.ts';
import { CliError, usage } from './run/cli-error.ts';
import type { Command } from './run/command.ts';
import { describeError, errorLine } from './run/describe-error.ts';
import { EXIT, exitOf } from './run/exit.ts';
import { isOn } from './run/given.ts';
import { commandHelp, generalHelp } from './run/help.ts';
import type { Io } from './run/io.ts';
import { Output } from './run/output.ts';
import { parseArguments } from './run/parse-arguments.ts';
import { Progress } from './run/progress.ts';
import { version } from './run/version.ts';
import { oneLine } from '@zegel/reading';

/**
 * Runs one command. Never throws: what goes wrong is one line on `io.stderr`.
 *
 * @param argv what follows `zegel`
 * @returns the exit status: 0 fine, 1 integrity failure or refused event, 2 usage, missing file or unreachable store,
 *   130 stopped by `io.signal`
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  io.stderr.on('error', () => undefined); // there is nobody left to tell
  const out = new Output(io.stdout);
  const progress = new Progress(io.stderr, io.progress);
  try {
    const status = await dispatch(argv, io, out, progress);
    await out.flush();
    return status;
  } catch (error) {
    // Whoever closed the output has seen enough (`| head`).
    if (error instanceof CliError && error.code === 'OUTPUT_CLOSED') return EXIT.fine;
    progress.clear();
    const described = describeError(error);
    io.stderr.write(errorLine(described));
    return exitOf(described.code);
  } finally {
    progress.clear();
  }
}

async function dispatch(argv: readonly string[], io: Io, out: Output, progress: Progress): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined) throw usage('which command? See: zegel --help');
  if (name === '--version') return told(out, `${version()}\n`);
  if (name === '--help' || name === '-h' || (name === 'help' && args.length === 0))
    return told(out, generalHelp(COMMANDS));
  const found = findCommand(name === 'help' ? (args[0] ?? '') : name);
  if (found === undefined)
    throw usage(`there is no command "${name === 'help' ? args[0] : name}"; see: zegel --help`);
  const command = await found.load();
  const given = parseArguments(command, name === 'help' ? ['--help'] : args);
  if (isOn(given, 'help')) return told(out, commandHelp(found.summary, command));
  const complain = (text: string): void => {
    progress.clear();
    io.stderr.write(`zegel: ${oneLine(text)}\n`);
  };
  return stoppable(command, io, command.run({ ...given, io, out, progress, complain }));
}

/** The command's end, or the user's wish to stop where the command does not see to it itself. */
async function stoppable(command: Command, { signal }: Io, running: Promise<number>): Promise<number> {
  if (command.endsItself === true) return running;
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(new CliError('INTERRUPTED', 'stopped'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([running, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    running.catch(() => undefined); // told already, or dropped with it
  }
}

async function told(out: Output, text: string): Promise<number> {
  await out.write(text);
  return EXIT.fine;
}
