/**
 * On the integrity page: follows the checks by server-sent events.
 *
 * @module
 */
interface Progress {
  readonly done: number;
  readonly total: number;
}

const live = document.getElementById('integrity-live');
const address = live?.dataset['events'];
const language = document.documentElement.lang;

if (live !== null && address !== undefined) {
  const events = new EventSource(address);
  const renew = (): boolean => live.dispatchEvent(new Event('integrity-changed'));
  let lost = false;
  events.addEventListener('changed', renew);
  events.addEventListener('progress', (event) => show(JSON.parse(String(event.data)) as Progress));
  events.addEventListener('error', () => {
    lost = true;
  });
  // What happened while nobody told is on the page that is asked for again.
  events.addEventListener('open', () => {
    if (lost) renew();
    lost = false;
  });
  addEventListener('pagehide', () => events.close());
}

function show({ done, total }: Progress): void {
  const bar = document.querySelector<HTMLProgressElement>('#progress');
  const text = document.getElementById('progress-text');
  if (bar === null || text === null) return;
  bar.max = Math.max(total, 1);
  bar.value = done;
  const [stage = ''] = text.textContent.split(/\d/);
  text.textContent = `${stage}${done.toLocaleString(language)} / ${total.toLocaleString(language)}`;
}
