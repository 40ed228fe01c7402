import { openLog } from '@zegel/log';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { registerOne } from './lib/register.ts';
import { event } from './lib/scene.ts';
const d = mkdtempSync(tmpdir()+'/zz-');
const keep=setInterval(()=>{},1000);
const log = await openLog(d, { register: registerOne, create: { origin: 'a.example/b' } });
console.log('open');
console.log(await Promise.race([log.append([event(1)]), new Promise(r=>setTimeout(()=>r('timeout'),4000))]));
console.log(await Promise.race([log.append([event(1,{id:'x'})]), new Promise(r=>setTimeout(()=>r('timeout'),4000))]));
console.log(await Promise.race([log.append([event(1,{subjects:Array.from({length:700},(_,i)=>({type:'customer',id:'c-'+i}))})]), new Promise(r=>setTimeout(()=>r('timeout'),4000))]));
console.log('closing'); await Promise.race([log.close(), new Promise(r=>setTimeout(()=>r('timeout'),4000))]); console.log('closed'); process.exit()
