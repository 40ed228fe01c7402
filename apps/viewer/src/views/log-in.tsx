import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Halfway } from '../access/pending.ts';
import type { Env } from '../env.ts';
import type { Services } from '../services.ts';
import { LOG_IN } from '../texts/access.ts';
import { CodeField, FactorKey } from './factor-key.tsx';
import type { Html } from './html.ts';
import { Csrf, Page } from './page.tsx';

/** What both steps show. */
export interface StepProps {
  readonly c: Context<Env>;
  readonly services: Services;
  /** What went wrong before, in words. */
  readonly problem?: string | undefined;
}

/** First step: user name and login token. */
export function LogInPage({ c, services, problem, name }: StepProps & { readonly name?: string }): Html {
  const words = LOG_IN[c.get('language')];
  return (
    <Step c={c} services={services} problem={problem} title={words.title}>
      <form method="post" action="/login" class="panel">
        <Csrf c={c} />
        <div class="field">
          <label for="name">{words.name}</label>
          <input
            id="name"
            name="name"
            value={name}
            required
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            maxlength={64}
          />
        </div>
        <div class="field">
          <label for="token">{words.token}</label>
          <input
            id="token"
            name="token"
            type="password"
            required
            autocomplete="current-password"
            maxlength={200}
            aria-describedby="token-hint"
          />
          <span class="hint" id="token-hint">
            {words.tokenHint}
          </span>
        </div>
        <button>{words.next}</button>
      </form>
    </Step>
  );
}

/** Second step: a code, of a second factor that is there or is set up here. */
export function CodePage(props: StepProps & { readonly halfway: Halfway }): Html {
  const { c, services, problem, halfway } = props;
  const words = LOG_IN[c.get('language')];
  const { secret, user } = halfway;
  return (
    <Step
      c={c}
      services={services}
      problem={problem}
      title={secret === undefined ? words.codeTitle : words.setUpTitle}
    >
      <form method="post" action="/login/code" class="panel">
        <Csrf c={c} />
        {secret !== undefined && (
          <>
            <p>{words.setUp}</p>
            <FactorKey c={c} secret={secret} user={user} issuer={services.entrance.issuer} />
          </>
        )}
        <CodeField c={c} label={secret === undefined ? words.code : words.confirm} />
        <div class="actions">
          <button>{words.next}</button>
          <a href="/login">{words.again}</a>
        </div>
      </form>
    </Step>
  );
}

function Step(props: StepProps & { readonly title: string; readonly children: Child }): Html {
  const { c, services, problem, title, children } = props;
  const words = LOG_IN[c.get('language')];
  return (
    <Page c={c} services={services} title={title}>
      <div class="narrow log-in">
        <h1>{title}</h1>
        {services.entrance.dev && (
          <p class="notice warn" role="note">
            {words.dev}
          </p>
        )}
        {problem !== undefined && (
          <p class="notice bad" role="alert">
            {problem}
          </p>
        )}
        {children}
        <p class="soft">{words.logged}</p>
      </div>
    </Page>
  );
}
