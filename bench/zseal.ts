import { rmSync, mkdirSync } from 'node:fs';
import { openLog } from '@zegel/log';
import { batches, register } from './events.ts';
import { compileRegister } from '../packages/log/dist/register/compile.js';
import { sealRound } from '../packages/log/dist/seal/seal-line.js';
import { Handles } from '../packages/log/dist/vault/handles.js';
import { SameEvents } from '../packages/log/dist/vault/sameness.js';
import { openVaultFile } from '../packages/log/dist/vault/vault-file.js';
import { readKek } from '../packages/log/dist/keys/key-files.js';
import { MemoryPool } from '../packages/log/dist/drafts.js';
import { join } from 'node:path';
const sealed = process.argv[2] === 'sealed', count = 60000;
const path='/tmp/zb/s'; rmSync(path,{recursive:true,force:true}); mkdirSync(path,{recursive:true});
const log = await openLog(path,{register,create:{origin:'b.example/l'}});
await log.close();
const vault = openVaultFile(path, readKek(join(path,'keys')), false);
const tools = {origin:'b.example/l',keys:vault.keys,handles:new Handles(vault),same:new SameEvents(vault.db),replacing:new Map(),standing:new Set<string>(),now:Date.now,memory:new MemoryPool()};
const reg = compileRegister(register,1);
const list = batches(count, 250, { seed: 2, sealed, days: 1 }).map(b=>JSON.stringify(b));
for(let r=0;r<12;r++){
 const c0=process.cpuUsage();const s=performance.now(); let n=0, tp=0;
 for(const text of list){ const t0=performance.now(); const events=JSON.parse(text) as unknown[]; tp+=performance.now()-t0;
  const {batch}=sealRound(tools as never,reg,[{kind:'events',request:++n,text,count:250,events,all:true,source:'',builtin:false,again:false}] as never,0);
  if(batch===undefined) throw new Error('x');
 }
 const t=performance.now()-s;const c=process.cpuUsage(c0);
 console.log(sealed, (t*1000/count).toFixed(2),'us/entry; parse',(tp*1000/count).toFixed(2),'cpu',((c.user+c.system)/count).toFixed(2));
}
