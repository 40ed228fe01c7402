/**
 * The one page of the dashboard: it holds nobody's data itself and asks the routes for it, like any other client.
 * Everything that comes back is put in as text.
 */
export const PAGE = `<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Dashboard van Voorbeeld B.V.</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
  [hidden] { display: none !important }
  form, nav { display: flex; gap: .5rem; flex-wrap: wrap; margin: 1rem 0 }
  input { padding: .3rem .5rem } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top }
  #said { color: #a00 }
</style>
<h1>Voorbeeld B.V.</h1>
<form id="door">
  <input name="username" placeholder="gebruikersnaam" aria-label="gebruikersnaam" required>
  <input name="token" type="password" placeholder="login-token" aria-label="login-token" required>
  <button>Inloggen</button>
</form>
<form id="search" hidden>
  <input name="q" placeholder="naam of plaats" aria-label="naam of plaats"><button>Klant zoeken</button>
</form>
<nav id="links"></nav>
<p id="said" role="status"></p>
<table id="shown"></table>
<script type="module">
  const at = (id) => document.getElementById(id);
  const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const ask = async (path, body) => {
    const sent = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(path, sent);
    const found = await answer.json();
    at('said').textContent = answer.ok ? '' : answer.status + ': ' + found.detail;
    return answer.ok ? found : undefined;
  };
  const link = (text, path) => {
    const button = made('button', text);
    button.onclick = () => show(path);
    return button;
  };
  const linksOf = (id) => ['', '/orders', '/payments', '/settings', '/actions'].map((part) => link(id + part, '/customers/' + id + part));
  const row = (one) => {
    const tr = document.createElement('tr');
    for (const value of Object.values(one)) tr.append(made('td', value ?? ''));
    if ('city' in one && 'id' in one) {
      const cell = made('td', '');
      cell.append(link('open', '/customers/' + one.id));
      tr.append(cell);
    }
    return tr;
  };
  async function show(path) {
    at('shown').replaceChildren();
    const found = await ask(path);
    if (found === undefined) return;
    at('shown').append(...(Array.isArray(found) ? found : Object.entries(found).map(([name, value]) => ({ name, value }))).map(row));
    const id = /^.customers.(c-\\d+)/.exec(path)?.[1];
    if (id) at('links').replaceChildren(...linksOf(id));
  }
  at('door').onsubmit = async (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    const user = await ask(given.username.startsWith('klant') ? '/log-in' : '/staff/log-in', given);
    if (user === undefined) return;
    at('door').hidden = true;
    at('search').hidden = user.kind !== 'employee';
    at('links').replaceChildren(...(user.kind === 'customer'
      ? [link('mijn account', '/own/account'), link('mijn bestellingen', '/own/orders'), link('mijn instellingen', '/own/settings')]
      : [link('berichten', '/messages')]));
  };
  at('search').onsubmit = (event) => {
    event.preventDefault();
    show('/customers?q=' + encodeURIComponent(new FormData(event.target).get('q')));
  };
</script>
`;
