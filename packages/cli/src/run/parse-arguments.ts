import { parseArgs } from 'node:util';
import { usage } from './cli-error.ts';
import type { Command, Given, Option, Options } from './command.ts';

/** Short options; in a command that takes a query every other argument with one dash is a part of the query. */
const SHORT: ReadonlySet<string> = new Set(['-', '-o', '-h']);

/** Reads what follows a command's name. @throws CliError USAGE */
export function parseArguments(command: Command, args: readonly string[]): Given {
  const { query, others } = command.takesQuery === true ? apart(args) : { query: [], others: args };
  try {
    const { values, positionals } = parseArgs({
      args: [...others],
      options: parseOptions(command.options),
      allowPositionals: true,
      strict: true,
    });
    return { values, rest: [...positionals, ...query] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw usage(`${plain(error.message)}; see: zegel ${command.name} --help`);
  }
}

/** All conditions of a query must hold, so that their order does not matter. */
function apart(args: readonly string[]): { query: readonly string[]; others: readonly string[] } {
  const end = args.indexOf('--');
  const isQuery = (arg: string, at: number): boolean =>
    (end < 0 || at < end) && /^-[^-]/.test(arg) && !SHORT.has(arg);
  return { query: args.filter(isQuery), others: args.filter((arg, at) => !isQuery(arg, at)) };
}

function parseOptions(options: Options): NonNullable<Parameters<typeof parseArgs>[0]>['options'] {
  const rows = Object.entries({ ...options, help: HELP }).map(([name, option]) => {
    const { type, short, multiple } = option;
    return [
      name,
      { type, ...(short !== undefined && { short }), ...(multiple === true && { multiple }) },
    ] as const;
  });
  return Object.fromEntries(rows);
}

const HELP: Option = { type: 'boolean', short: 'h', about: '' };

/** The first sentence, which says what is wrong; the others explain the parser. */
function plain(message: string): string {
  const first = message.split(/\. |\n/)[0] ?? message;
  return first.charAt(0).toLowerCase() + first.slice(1);
}
