import { oneLine } from '@zegel/reading';

/** An error as the user is told of it. */
export interface Described {
  readonly code: string;
  readonly message: string;
}

/** Code and message of whatever was thrown, in one line. What has no code of its own is a fault of ours. */
export function describeError(error: unknown): Described {
  if (!(error instanceof Error)) return { code: 'INTERNAL', message: oneLine(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'INTERNAL';
  // Node puts its codes before its messages: "ENOENT: no such file or directory, open 'x'".
  const message = error.message.startsWith(`${code}: `)
    ? error.message.slice(code.length + 2)
    : error.message;
  return { code, message: oneLine(message) };
}

/** The one line on stderr. */
export function errorLine({ code, message }: Described): string {
  return `zegel: ${code}: ${message}\n`;
}
