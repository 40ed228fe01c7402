import type { Command, CommandRow, Option, Options } from './command.ts';

/** The list of commands. */
export function generalHelp(commands: readonly CommandRow[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return lines([
    'zegel: evidence of who saw or changed whose personal data',
    '',
    'Usage: zegel COMMAND [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'zegel COMMAND --help tells more. A log is named by --log or ZEGEL_LOG, its keys by --keys or ZEGEL_KEYS.',
    'Exit status: 0 fine; 1 integrity failure or refused event; 2 usage, missing file, unreachable store.',
  ]);
}

/** The help of one command. */
export function commandHelp(summary: string, command: Command): string {
  const { name, usage, about, options, examples } = command;
  return lines([
    `zegel ${name}: ${summary}`,
    '',
    `Usage: zegel ${name} ${usage}`,
    ...(about.length > 0 ? ['', ...about] : []),
    '',
    ...optionLines({ ...options, help: { type: 'boolean', short: 'h', about: 'this text' } }),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((example) => `  ${example}`),
  ]);
}

function optionLines(options: Options): readonly string[] {
  const rows = Object.entries(options).map(([name, option]) => [flag(name, option), option.about] as const);
  const width = Math.max(...rows.map(([shown]) => shown.length));
  return rows.map(([shown, about]) => `  ${shown.padEnd(width)}  ${about}`);
}

function flag(name: string, { short, value }: Option): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
