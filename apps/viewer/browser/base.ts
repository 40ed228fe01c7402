/**
 * On every page: what htmx sends carries the token of the session, and choices apply at once.
 *
 * @module
 */
const token = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? '';

document.addEventListener('htmx:config:request', (event) => {
  const { detail } = event as CustomEvent<{ ctx?: { request?: { headers?: Record<string, string> } } }>;
  const headers = detail.ctx?.request?.headers;
  if (headers !== undefined) headers['x-csrf-token'] = token;
});

const preferences = document.querySelector<HTMLFormElement>('form.preferences');
preferences?.classList.add('live');
preferences?.addEventListener('change', () => preferences.requestSubmit());
