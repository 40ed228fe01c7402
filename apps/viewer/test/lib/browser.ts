import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { createAdaptorServer } from '@hono/node-server';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import type { Role } from '../../src/access/permissions.ts';
import type { Stage } from './stage.ts';

/** Debian's Chromium, or the one that is named. */
const PATH = process.env['ZEGEL_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** Why there are no tests in a browser; undefined where there are. */
export const noBrowser: string | undefined = existsSync(PATH)
  ? undefined
  : `no Chromium at ${PATH}; name one by ZEGEL_TEST_CHROMIUM`;

/** Width and height of a desk's screen and of a telephone's. */
export const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

let running: Promise<Browser> | undefined;
afterAll(async () => {
  await (await running)?.close();
  running = undefined;
});

/** How somebody looks. */
export interface Looking {
  readonly roles?: readonly Role[];
  readonly size?: keyof typeof SIZES;
  readonly script?: boolean;
  readonly language?: 'nl' | 'en';
  readonly dark?: boolean;
}

/** A page of a real browser over a stage. */
export interface Sight {
  readonly page: Page;
  readonly url: string;
  /** What the browser complained of: errors in the console, scripts that failed, policies broken. */
  readonly complaints: string[];
  /** Addresses asked for outside the viewer. */
  readonly strangers: string[];
}

/** Opens a page over real HTTP, signed in with these roles; ends with the test. */
export async function sight({ app, services }: Stage, looking: Looking = {}): Promise<Sight> {
  const { roles = ['auditor', 'privacy'], size = 'desk', script = true, language = 'en', dark } = looking;
  const url = await listening(createAdaptorServer({ fetch: app.fetch, createServer }) as Server);
  running ??= chromium.launch({
    executablePath: PATH,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const context = await (await running).newContext({
    ...{ viewport: SIZES[size], javaScriptEnabled: script, colorScheme: dark === true ? 'dark' : 'light' },
    locale: language === 'nl' ? 'nl-NL' : 'en-GB',
  });
  onTestFinished(() => context.close());
  if (roles.length > 0) {
    const value = services.sessions.begin(`${roles.join('-')}-user`, new Set(roles), true);
    await context.addCookies([{ name: 'zegel', value, url, httpOnly: true, sameSite: 'Strict' }]);
  }
  return { ...(await watched(context, url)), url };
}

async function watched(context: BrowserContext, url: string): Promise<Omit<Sight, 'url'>> {
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) strangers.push(request.url());
  });
  return { page, complaints, strangers };
}

/** Clicks on what leads to another page, or to the same anew, and waits until that is there. */
export async function turnPage(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

/** Rules of WCAG 2.2 A and AA that the page breaks, each with the elements concerned. */
export async function violations(page: Page): Promise<readonly string[]> {
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  // By the debugger's protocol: the policy of the page lets in no script but its own.
  await page.evaluate(readFileSync(axe, 'utf8'));
  const found = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations)`,
  );
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
