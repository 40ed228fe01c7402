/** Rows that a followed page keeps. */
const MOST = 500;

/** Lets new entries appear above the others while a button is pressed, and says so when they can't. */
export function followEntries(tail: HTMLElement, rows: HTMLElement): void {
  const button = tail.querySelector('button');
  const status = tail.querySelector('p');
  if (button === null || status === null) return;
  const { tail: address = '', lost = '', ended = '' } = tail.dataset;
  const { following = '' } = status.dataset;
  const words = { start: button.textContent, stop: button.dataset['stop'] ?? '' };
  let last = tail.dataset['from'] ?? '';
  let source: EventSource | undefined;

  const say = (text: string, isBad = false): void => {
    status.textContent = text;
    status.className = isBad ? 'notice bad' : '';
  };
  const stop = (): void => {
    source?.close();
    source = undefined;
    button.setAttribute('aria-pressed', 'false');
    button.textContent = words.start;
  };
  const start = (): void => {
    source = new EventSource(`${address}&from=${encodeURIComponent(last)}`);
    button.setAttribute('aria-pressed', 'true');
    button.textContent = words.stop;
    const on = (name: string, take: (data: string) => void): void => {
      source?.addEventListener(name, (event: MessageEvent<string>) => {
        if (event.lastEventId !== '') last = event.lastEventId;
        take(event.data);
      });
    };
    source.addEventListener('open', () => say(following));
    source.addEventListener('error', () => {
      const isOver = source?.readyState === EventSource.CLOSED;
      say(isOver ? ended : lost, true);
      if (isOver) stop();
    });
    on('still', () => undefined);
    on('rows', (html) => putAbove(rows, html));
    on('notes', (html) => tail.append(parse(html)));
    on('end', () => {
      stop();
      say(ended, true);
    });
  };

  tail.hidden = false;
  button.addEventListener('click', () => {
    if (source === undefined) start();
    else {
      stop();
      say('');
    }
  });
}

function putAbove(rows: HTMLElement, html: string): void {
  const added = parse(html);
  for (const row of added.children) row.classList.add('flash');
  rows.prepend(added);
  while (rows.children.length > MOST) rows.lastElementChild?.remove();
}

/** HTML of this viewer, escaped where it was made. */
function parse(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = html;
  return template.content;
}
