import type { Io } from './io.ts';
import type { Output } from './output.ts';
import type { Progress } from './progress.ts';

/** An option of a command. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: true;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly about: string;
}

/** Options by name, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

/** What was given: options and the rest. */
export interface Given {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly rest: readonly string[];
}

/** What a command works with. */
export interface Context extends Given {
  readonly io: Io;
  readonly out: Output;
  readonly progress: Progress;
  /** Tells of a problem in one line on stderr, after `zegel: `. */
  readonly complain: (text: string) => void;
}

/** A line of the list of commands. What a command needs is loaded with it: a viewer, or a client of S3, by few of them. */
export interface CommandRow {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** One of the commands of `zegel`. */
export interface Command {
  readonly name: string;
  /** What follows the name, such as `--log L QUERY`. */
  readonly usage: string;
  /** More lines of help. */
  readonly about: readonly string[];
  readonly options: Options;
  readonly examples: readonly string[];
  /** Whether arguments like `-action:search` are parts of a query and no options. */
  readonly takesQuery?: true;
  /** Whether it watches `io.signal` itself, to end what it began; others are dropped when it aborts. */
  readonly endsItself?: true;
  /** Does the work and returns the exit status. @throws errors with a `code`, told in one line */
  readonly run: (context: Context) => Promise<number>;
}
