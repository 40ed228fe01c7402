/** `npm run pin-exports`: writes what the packages export now; the difference is for a reviewer to see. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentExports, PINNED } from './lib/exports.ts';
import { root } from './lib/tree.ts';

writeFileSync(join(root, PINNED), `${JSON.stringify(currentExports(), null, 2)}\n`);
