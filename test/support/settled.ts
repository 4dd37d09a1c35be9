import { ConsumerRegistry } from '../../src/outbox/consumer-registry.js';
import { TestApp } from './app.js';
import { eventually } from './eventually.js';

/** Waits until every fact was told to every consumer, and none failed. */
export async function settled({ app, db }: TestApp, withinMs?: number): Promise<void> {
  const registry = app.get(ConsumerRegistry, { strict: false });
  await eventually(async () => {
    const consumers = registry.all.map(({ name, types }) => ({ name, types }));
    const [row] = await db.query<{ errors: string[] | null; waiting: number; left: number }>(
      `SELECT (SELECT array_agg(last_error) FROM outbox_deliveries) AS errors,
              (SELECT count(*)::int FROM outbox_inbox) AS waiting,
              (SELECT count(*)::int FROM outbox_log f
                 JOIN jsonb_to_recordset($1::jsonb) AS c (name text, types text[]) ON c.types IS NULL OR f.type = ANY (c.types)
                 JOIN outbox_consumers p ON p.name = c.name AND f.seq > p.position) AS left`,
      [JSON.stringify(consumers)],
    );
    if (row?.errors || row?.waiting || row?.left) throw new Error(`Facts are left: ${JSON.stringify(row)}`);
  }, withinMs);
}

/** Has the figures count all leads anew: those that were not made by the application told no facts. */
export async function countEveryLead(api: TestApp, withinMs?: number): Promise<void> {
  await api.db.query(
    `INSERT INTO outbox_inbox (type, lead_id, payload) SELECT 'lead.updated', id, '{}' FROM leads`,
  );
  await settled(api, withinMs);
}
