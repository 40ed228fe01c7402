import { AccessFile, serve } from '@zegel/viewer';

/** A viewer for the bench. Argument: folder of the log. Tells its address and a login token; answers on any message with its memory. */
const [log = ''] = process.argv.slice(2);
const access = new AccessFile(log);
const name = 'bench';
const { text: token } =
  access.users.find(name) === undefined
    ? await access.users.add(name, ['auditor', 'privacy'], { exempt: true })
    : await access.users.newLogin(name);
access.close();
const serving = await serve({ log, port: 0, onProblem: (text) => console.error(text) });
process.send?.({ url: serving.url, name, token });
process.on('message', (message) => {
  if (message === 'end') void serving.close().then(() => process.disconnect());
  else process.send?.({ rss: process.memoryUsage.rss() });
});
