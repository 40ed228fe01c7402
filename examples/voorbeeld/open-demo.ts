import { readFileSync } from 'node:fs';
import { checkpointTo, type Log, openLog, parseRegister } from '@zegel/log';
import { keptElsewhere, type Places } from './places.ts';

const register = parseRegister(JSON.parse(readFileSync(new URL('register.json', import.meta.url), 'utf8')));

/** Opens the demo's log, made on the first start. Every new checkpoint leaves for elsewhere. */
export function openDemo(places: Places): Promise<Log> {
  return openLog(places.log, {
    register,
    create: { origin: 'voorbeeld.example/audit' },
    onCheckpoint: checkpointTo(keptElsewhere(places).checkpoint),
  });
}
