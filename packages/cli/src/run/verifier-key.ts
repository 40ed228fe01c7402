import { FormatError, parseVkey, type Verifier } from '@zegel/core';
import { usage } from './cli-error.ts';

/** Reads a verifier key given as an option. @throws CliError USAGE */
export function verifierKey(text: string): Verifier {
  try {
    return parseVkey(text.trim());
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw usage(`--vkey is a verifier key such as shop.example/audit+1a2b3c4d+…: ${error.message}`);
  }
}
