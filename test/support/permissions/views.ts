import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Actor } from '../actors.js';
import { FILES_DIR } from '../app.js';
import { aLead } from '../builders.js';
import { client } from '../client.js';
import { ALL, OWN_ALONE, Permissions, to } from './permission.js';
import { ownerFor, Rows, Scene } from './rows.js';

/** Rows of whoever asks, which others do not even learn of. */
const ofOne = (make: (scene: Scene, owner: Actor) => Promise<number | string>): Rows => ({
  own: async (scene, caller) => [await make(scene, caller)],
  foreign: async (scene, caller) => {
    const { admin, manager, colleague } = scene.company;
    const others = [admin, manager, colleague].filter(({ id }) => id !== caller.id);
    return Promise.all(others.map((other) => make(scene, other)));
  },
  refusal: 404,
});

let saved = 0;
const view = ofOne(async ({ url }, owner) => {
  const body = { name: `View ${++saved}`, settings: { filter: { state: 'TX' } } };
  return (await client(url).as(owner).post('/api/v1/views', body)).body.id;
});

const exported = (state: 'queued' | 'done') =>
  ofOne(async ({ db }, owner) => {
    const [row] = await db.query<{ id: number }>(
      `INSERT INTO exports (user_id, format, filter, columns, state, expires_at)
       VALUES ($1, 'csv', '{}', '{id}', $2, now() + interval '1 day') RETURNING id`,
      [owner.id, state],
    );
    const id = row?.id ?? 0;
    mkdirSync(join(FILES_DIR, 'exports'), { recursive: true });
    writeFileSync(join(FILES_DIR, 'exports', `${id}.csv`), 'id\n1\n');
    return id;
  });

/** Bulk changes that can be undone, by who made them. */
export const bulkChange = ofOne(async ({ url, db, company }, owner) => {
  const { id } = await aLead(db, { assigned_user_id: ownerFor(company, owner).id });
  const body = { ids: [id], status: 'CONTACTED' };
  return (await client(url).as(owner).post('/api/v1/leads/bulk-status', body)).body.undo_id;
});

/** Views, preferences and exports. */
export const VIEWS: Permissions = {
  'GET /api/v1/views': to(ALL),
  'POST /api/v1/views': to(ALL, undefined, () => ({ body: { name: `View ${++saved}`, settings: {} } })),
  'PATCH /api/v1/views/:id': to(OWN_ALONE, view, () => ({ body: { settings: {} } })),
  'DELETE /api/v1/views/:id': to(OWN_ALONE, view),
  'GET /api/v1/me/preferences': to(ALL),
  'PATCH /api/v1/me/preferences': to(ALL, undefined, () => ({ body: { theme: 'dark' } })),
  'GET /api/v1/exports': to(ALL),
  'POST /api/v1/exports': to(ALL, undefined, () => ({ body: { format: 'csv' } })),
  'GET /api/v1/exports/:id': to(OWN_ALONE, exported('queued')),
  'POST /api/v1/exports/:id/cancel': to(OWN_ALONE, exported('queued')),
  'GET /api/v1/exports/:id/file': to(OWN_ALONE, exported('done')),
};
