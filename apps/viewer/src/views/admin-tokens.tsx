import { localTime } from '@zegel/reading';
import type { StoredToken } from '../access/access-file.ts';
import { SCOPES } from '../access/token.ts';
import { ADMIN } from '../texts/admin.ts';
import { Admin, type AdminProps } from './admin.tsx';
import type { Html } from './html.ts';
import { Csrf } from './page.tsx';

/** The tokens by which services send events. */
export function TokensPage(props: AdminProps): Html {
  const { c, services } = props;
  const words = ADMIN[c.get('language')];
  const tokens = services.access.tokens();
  return (
    <Admin {...props} title={words.tokens} part="tokens">
      {tokens.length === 0 ? (
        <p>{words.noTokens}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                {['ID', words.source, words.scopes, words.made, words.used, ''].map((each) => (
                  <th scope="col">{each}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tokens.map((token) => (
                <TokenRow {...props} token={token} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <form method="post" action="/admin/tokens" class="panel">
        <h2>{words.addToken}</h2>
        <Csrf c={c} />
        <div class="field">
          <label for="source">{words.source}</label>
          <input
            id="source"
            name="source"
            required
            maxlength={64}
            autocomplete="off"
            aria-describedby="source-hint"
          />
          <span class="hint" id="source-hint">
            {words.sourceHint}
          </span>
        </div>
        <fieldset>
          <legend>{words.scopes}</legend>
          {SCOPES.map((scope) => (
            <label class="box">
              <input type="checkbox" name="scope" value={scope} checked={scope === 'events'} />{' '}
              <code>{scope}</code>
            </label>
          ))}
        </fieldset>
        <button>{words.addToken}</button>
      </form>
    </Admin>
  );
}

function TokenRow({ c, zone, token }: AdminProps & { readonly token: StoredToken }): Html {
  const words = ADMIN[c.get('language')];
  const { id, source, scopes, created, used, revoked } = token;
  return (
    <tr>
      <td>
        <code>{id}</code>
      </td>
      <td>{source}</td>
      <td>{scopes.join(', ')}</td>
      <td>{localTime(created, zone)}</td>
      <td>{used === undefined ? words.never : localTime(used, zone)}</td>
      <td>
        {revoked === undefined ? (
          <form method="post" action={`/admin/tokens/${id}/revoke`}>
            <Csrf c={c} />
            <button class="quiet" aria-label={`${words.revoke} ${id}`}>
              {words.revoke}
            </button>
          </form>
        ) : (
          `${words.revoked} ${localTime(revoked, zone)}`
        )}
      </td>
    </tr>
  );
}
