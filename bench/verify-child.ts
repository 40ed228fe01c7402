import { openVaultReader, verifyLog } from '@zegel/log';

const [dir = '', kind = 'full', state = ''] = process.argv.slice(2);
let rss = 0;
const watch = setInterval(() => {
  rss = Math.max(rss, process.memoryUsage.rss());
}, 20);
const start = performance.now();
const vault = kind === 'vault' ? { vault: await openVaultReader(dir) } : {};
const report = await verifyLog(dir, { state, incremental: kind === 'incremental', ...vault });
const took = performance.now() - start;
clearInterval(watch);
if (!report.ok) throw new Error(`the log did not verify: ${JSON.stringify(report.failures[0])}`);
process.send?.({ checked: report.checked, took, rss: Math.max(rss, process.memoryUsage.rss()) / 1e6 });
process.disconnect();
