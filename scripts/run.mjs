// node scripts/run.mjs FILE [ARGUMENT…]: sets up, then runs a TypeScript or JavaScript file with Node 24.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { attach, fail, node24, root } from './lib/process.mjs';
import { setup } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined || !existsSync(join(root, file))) fail(`there is no ${file ?? 'file named'} to run`);
await setup();
process.exitCode = await attach(node24, [join(root, file), ...args]);
