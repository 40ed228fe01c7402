/** A collector, to be killed. Arguments: folder of the log, port (0: any). Tells its address on stdout when it listens. */
import { writeSync } from 'node:fs';
import { serve } from '@zegel/viewer';

const [log = '', port = '0'] = process.argv.slice(2);
const serving = await serve({ log, port: Number(port) });
writeSync(1, `${serving.url}\n`);
process.once('SIGTERM', () => void serving.close());
