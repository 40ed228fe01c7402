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
  events.addEventListener('changed', (event) => replace(live, String(event.data)));
  events.addEventListener('progress', (event) => show(JSON.parse(String(event.data)) as Progress));
  addEventListener('pagehide', () => events.close());
}

/** Shows what the server sent in place of what was there; what was open stays open, and the focus where it was. */
function replace(place: HTMLElement, html: string): void {
  const focus = place.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const open = [...place.querySelectorAll('details[open]')].map(({ id }) => id);
  place.replaceChildren(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  if (focus !== undefined && focus !== '') document.getElementById(focus)?.focus();
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
