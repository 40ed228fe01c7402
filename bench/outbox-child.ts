/** A collector for the bench. Arguments: folder of the log. Tells its address on stdout; ends when its stdin does. */
import { serve } from '@zegel/viewer';

const [log = ''] = process.argv.slice(2);
const serving = await serve({ log, port: 0, onProblem: (text) => console.error(text) });
console.log(serving.url);
process.stdin.on('end', () => void serving.close()).resume();
