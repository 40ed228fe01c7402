/** A way to go on writing, as `POST /complete` tells it. */
interface Way {
  readonly label: string;
  readonly name: string;
  readonly kind: 'qualifier' | 'value';
  readonly replacement: { readonly position: number; readonly length: number; readonly text: string };
}

const PAUSE = 80;

/** Makes a box a combobox (WAI-ARIA 1.2) that offers ways to go on writing a query. */
export function completeQueries(box: HTMLInputElement, list: HTMLElement): void {
  let ways: readonly Way[] = [];
  let active = -1;
  let asking: AbortController | undefined;
  let timer: number | undefined;

  const mark = (at: number): void => {
    active = at;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    const item = list.children[at];
    if (item === undefined) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', item.id);
    item?.scrollIntoView({ block: 'nearest' });
  };
  const show = (found: readonly Way[]): void => {
    ways = found;
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    box.setAttribute('aria-expanded', String(found.length > 0));
    mark(-1);
  };
  const close = (): void => {
    clearTimeout(timer);
    asking?.abort();
    show([]);
  };
  const ask = async (): Promise<void> => {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    const found = await waysOn(box.value, box.selectionStart ?? box.value.length, signal);
    if (!signal.aborted) show(found);
  };
  const askSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE);
  };
  const take = (way: Way | undefined): void => {
    if (way === undefined) return;
    const { position, length, text } = way.replacement;
    box.setRangeText(text, position, position + length, 'end');
    box.focus();
    if (text.endsWith(':')) askSoon();
    else close();
  };

  box.setAttribute('role', 'combobox');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-controls', list.id);
  box.setAttribute('aria-expanded', 'false');
  box.addEventListener('input', askSoon);
  box.addEventListener('blur', close);
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault(); // the box keeps the focus
    const item = event.target instanceof Element ? event.target.closest('li') : null;
    if (item !== null) take(ways[[...list.children].indexOf(item)]);
  });
  box.addEventListener('keydown', (event) => {
    const isOpen = ways.length > 0;
    if (event.key === 'ArrowDown' && !isOpen) void ask();
    else if (event.key === 'ArrowDown') mark((active + 1) % ways.length);
    else if (event.key === 'ArrowUp' && isOpen) mark(active <= 0 ? ways.length - 1 : active - 1);
    else if (event.key === 'Escape' && isOpen) close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0) take(ways[active]);
    else return;
    event.preventDefault();
  });
}

/** What is being written may name somebody: it is posted and kept nowhere. */
async function waysOn(q: string, at: number, signal: AbortSignal): Promise<readonly Way[]> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '';
  try {
    const response = await fetch('/complete', {
      ...{ method: 'POST', signal, headers: { 'x-csrf-token': token } },
      body: new URLSearchParams({ q, at: String(at) }),
    });
    return response.ok ? ((await response.json()) as readonly Way[]) : [];
  } catch {
    return []; // without help the box is a box
  }
}

function option({ label, name }: Way, at: number): HTMLElement {
  const item = document.createElement('li');
  item.id = `q-way-${at}`;
  item.setAttribute('role', 'option');
  const code = document.createElement('code');
  code.textContent = label;
  item.append(code);
  if (name !== '') item.append(` ${name}`);
  return item;
}
