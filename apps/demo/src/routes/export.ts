import { stream } from 'hono/streaming';
import { exportOrders, type OrderLine } from '../data/orders.ts';
import { type App, type Kit, problem } from '../kit.ts';

const DECLARED = { action: 'export', fields: ['order'] } as const;

/** Orders as a spreadsheet: page after page, each sent when the entry of its customers is durable. */
export function exportRoutes(app: App, { db, guard, capture: { access, persons } }: Kit): void {
  app.get(
    '/export/orders.csv',
    guard(['finance', 'planner'], 'order-handling', { ...DECLARED, subjects: 'discovered' }),
    (c) => {
      const since = c.req.query('since') ?? '';
      if (!/^\d{4}-\d{2}-\d{2}$/.test(since)) return problem(c, 400, 'Since which day? ?since=2026-10-01');
      access.saw(); // the pages have entries of their own
      const pages = access.stream('order-handling', DECLARED, exportOrders(db, since), (page) =>
        page.map(({ customer_id }) => persons.customer(customer_id)),
      );
      c.header('content-type', 'text/csv; charset=utf-8');
      return stream(c, async (out) => {
        await out.write('order,customer,products,amount,status,ordered\r\n');
        for await (const page of pages) await out.write(page.map(csvLine).join(''));
      });
    },
  );
}

function csvLine({ id, customer_id, products, amount, status, ordered_at }: OrderLine): string {
  return `${id},${customer_id},"${products.replaceAll('"', '""')}",${amount},${status},${ordered_at}\r\n`;
}
