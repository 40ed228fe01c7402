import type { Context } from 'hono';
import { factorKey } from '../access/totp.ts';
import type { Env } from '../env.ts';
import { LOG_IN } from '../texts/access.ts';
import type { Html } from './html.ts';
import { Qr } from './qr.tsx';

/** A new second factor: as a picture, a link and a text. */
export function FactorKey(props: {
  readonly c: Context<Env>;
  readonly secret: Uint8Array;
  readonly user: string;
  readonly issuer: string;
}): Html {
  const { c, secret, user, issuer } = props;
  const words = LOG_IN[c.get('language')];
  const { link, text } = factorKey(secret, user, issuer);
  return (
    <div class="factor-key">
      <p>{words.scan}</p>
      <Qr text={link} label={words.scan} />
      <p>
        {words.key} <code class="key">{text}</code>
      </p>
      <p>
        <a href={link}>{words.open}</a>
      </p>
    </div>
  );
}

/** Where a one-time code is typed. */
export function CodeField(props: {
  readonly c: Context<Env>;
  readonly label: string;
  readonly name?: string;
}): Html {
  const { c, label, name = 'code' } = props;
  const words = LOG_IN[c.get('language')];
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        required
        inputmode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9 ]{6,8}"
        maxlength={8}
        aria-describedby={`${name}-hint`}
      />
      <span class="hint" id={`${name}-hint`}>
        {words.codeHint}
      </span>
    </div>
  );
}
