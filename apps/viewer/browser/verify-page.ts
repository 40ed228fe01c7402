/**
 * Checks the proof of every entry that is shown, and tells each step: on the page of an entry, and in a drawer when one opens.
 *
 * @module
 */
import type { Subtle } from './verify-subtle.ts';
import { verifyEvidence } from './verify.ts';
import type { Evidence, Step, Verdict } from './verify-evidence.ts';

const SECTION = 'section.proof[data-evidence]';

/** Words of the page, in the reader's language. */
function wordsOf(section: HTMLElement): (key: string) => string {
  const template = section.querySelector<HTMLTemplateElement>('template[data-words]');
  const words = new Map<string, string>();
  for (const word of template?.content.querySelectorAll<HTMLElement>('[data-word]') ?? [])
    words.set(word.dataset['word'] ?? '', word.textContent);
  return (key) => words.get(key) ?? key;
}

/** Checks one proof and shows what came of it. */
async function prove(section: HTMLElement): Promise<void> {
  const words = wordsOf(section);
  offerCopy(section);
  // Without a secure context there is no WebCrypto at all.
  const { subtle } = (globalThis as { readonly crypto?: { readonly subtle?: Subtle } }).crypto ?? {};
  if (subtle === undefined) {
    section.querySelector('[data-no-crypto]')?.removeAttribute('hidden');
    return showBadge(section, 'unsupported', words);
  }
  const evidence = JSON.parse(section.dataset['evidence'] ?? '') as Evidence;
  const shown = section.closest<HTMLElement>('[data-entry]')?.dataset['entry'];
  const verdict = await verifyEvidence(evidence, subtle);
  // Evidence of another entry than the one that is shown proves nothing of this one.
  show(section, shown === String(evidence.index) ? verdict : { ...verdict, state: 'failed' }, words);
}

function show(section: HTMLElement, { state, steps }: Verdict, words: (key: string) => string): void {
  const list = section.querySelector<HTMLElement>('[data-steps]');
  const template = section.querySelector<HTMLTemplateElement>('template[data-step]');
  if (list === null || template === null) return;
  list.replaceChildren(...steps.map((step) => stepItem(template, step, words)));
  list.hidden = false;
  showBadge(section, state, words);
}

function showBadge(section: HTMLElement, state: string, words: (key: string) => string): void {
  const badge = section.querySelector<HTMLElement>('[data-badge]');
  if (badge === null) return;
  badge.className = `badge ${state === 'unsupported' ? 'warn' : state}`;
  badge.dataset['state'] = state;
  badge.textContent = words(`states.${state}`);
}

function stepItem(template: HTMLTemplateElement, step: Step, words: (key: string) => string): Node {
  const item = template.content.cloneNode(true) as DocumentFragment;
  const { name, result, reason, compared } = step;
  item.querySelector('li')?.classList.add(result);
  item.querySelector('li')?.setAttribute('data-step-name', name);
  const put = (place: string, text: string): void => {
    const element = item.querySelector(place);
    if (element !== null) element.textContent = text;
  };
  put('.proof-result', words(`results.${result}`));
  put('.proof-what', words(`steps.${name}`));
  put('.proof-why', reason === undefined ? '' : `(${words(`reasons.${reason}`)})`);
  const list = item.querySelector('.proof-compared');
  const titles = name === 'signature' ? ['head', 'key'] : ['computed', 'expected'];
  compared.forEach((text, at) => list?.append(...pair(words(`compared.${titles[at] ?? ''}`), text)));
  if (compared.length === 0) list?.remove();
  return item;
}

function pair(title: string, text: string): readonly HTMLElement[] {
  const term = document.createElement('dt');
  const value = document.createElement('dd');
  term.textContent = title;
  value.textContent = text;
  return [term, value];
}

function offerCopy(section: HTMLElement): void {
  const button = section.querySelector<HTMLButtonElement>('[data-copy]');
  const command = section.querySelector('[data-command]')?.textContent ?? '';
  if (button === null || !('clipboard' in navigator)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    void copy(button, command);
  });
}

async function copy(button: HTMLButtonElement, command: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(command);
    button.textContent = button.dataset['copied'] ?? '';
  } catch {
    button.hidden = true; // the browser does not allow it; the text can be selected
  }
}

const seen = new WeakSet<HTMLElement>();

function proveAll(): void {
  for (const section of document.querySelectorAll<HTMLElement>(SECTION)) {
    if (seen.has(section)) continue;
    seen.add(section);
    void prove(section);
  }
}

proveAll();
// A drawer brings its entry later.
new MutationObserver(proveAll).observe(document.body, { childList: true, subtree: true });
