import { Hono } from 'hono';
import { openApi } from '../api/openapi.ts';
import type { Env } from '../env.ts';

/** `GET /v1/openapi.json`: what this API takes and gives. The same for everybody. */
export function openApiRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const text = JSON.stringify(openApi());
  app.get('/v1/openapi.json', (c) =>
    c.body(text, 200, { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' }),
  );
  return app;
}
