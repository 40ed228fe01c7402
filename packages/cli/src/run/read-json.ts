import { CliError } from './cli-error.ts';
import { readText } from './files.ts';

/** Reads a JSON file. @throws CliError FILE_MISSING, FILE_UNREADABLE */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The engine's own message quotes the file; its position is enough.
    const position = /position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1];
    const where = position === undefined ? '' : ` at character ${Number(position) + 1}`;
    throw new CliError('FILE_UNREADABLE', `${path} is not JSON${where}`, { cause });
  }
}
