/**
 * Opens entries of a list in a drawer beside it, and those that lead on from there. Without JavaScript, with a key held
 * down, or when the answer is no entry, a link leads to the page of the entry as it always does.
 *
 * @module
 */
import './verify-page.ts';

/** What is used of htmx, which is a script of its own. */
interface Htmx {
  process(element: Element): void;
}

const ENTRY = /^\/entries\/\d+$/;
let drawer: HTMLDialogElement | undefined;

/** Made when it is first wanted; Escape, its button and a click beside it close it, and the focus goes back. */
function drawerOf(): HTMLDialogElement {
  if (drawer !== undefined) return drawer;
  const dialog = document.createElement('dialog');
  dialog.className = 'drawer';
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.replaceChildren());
  document.body.append(dialog);
  drawer = dialog;
  return dialog;
}

async function open(path: string): Promise<void> {
  const answer = await fetch(path, { headers: { 'hx-request': 'true', accept: 'text/html' } });
  const isEntry = answer.ok && answer.headers.get('content-type')?.startsWith('text/html') === true;
  if (!isEntry) {
    location.assign(path); // the log-in, or what went wrong, has a page of its own
    return;
  }
  const dialog = drawerOf();
  dialog.innerHTML = await answer.text();
  (globalThis as { readonly htmx?: Htmx }).htmx?.process(dialog); // parts of it may be asked for later
  dialog.setAttribute('aria-label', dialog.querySelector('h2')?.textContent ?? '');
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || !ENTRY.test(link.getAttribute('href') ?? '')) return;
  const isOther = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  const opens = link.classList.contains('open') || link.closest('dialog.drawer') !== null;
  if (isOther || !opens || link.classList.contains('permanent') || event.defaultPrevented) return;
  event.preventDefault();
  open(link.pathname).catch(() => location.assign(link.href));
});
