import { makeScene } from './lib/scene.ts';
let t=performance.now();
const s = await makeScene(); console.log(s, performance.now()-t);
import { verifyLog } from '@zegel/log';
for (let i=0;i<4;i++){ t=performance.now(); const r=await verifyLog(s.dir); console.log(r, performance.now()-t); }
