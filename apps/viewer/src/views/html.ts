import type { HtmlEscapedString } from 'hono/utils/html';

/** What a view gives: escaped HTML. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
