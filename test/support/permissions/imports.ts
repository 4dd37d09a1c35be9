import { aLead } from '../builders.js';
import { ALL, LEADERS, OWN_LEADS, Permissions, to } from './permission.js';
import { lead, Rows, Scene } from './rows.js';

const OPTIONS = {
  duplicates: 'skip',
  hold: true,
  tidy: true,
  filters: { states: [], taxonomies: [], entity_type: null, active_only: true },
};
const SHAPE = {
  container: 'plain',
  entry: null,
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  skip: 0,
  header: ['npi'],
};

/** Imports in a state; whoever imports sees all of them. */
const importIn = (state: string): Rows => ({
  own: async ({ db, company }) => {
    const [row] = await db.query<{ id: number }>(
      `INSERT INTO imports (file_name, origin, path, state, kind, shape, mapping, options, created_by_id)
       VALUES ('leads.csv', $5, $6, $1, 'leads', $2, '["npi"]', $3, $4) RETURNING id`,
      [
        state,
        SHAPE,
        OPTIONS,
        company.admin.id,
        state === 'uploading' ? 'upload' : 'command',
        `${__dirname}/../../fixtures/npis.csv`,
      ],
    );
    return [row?.id ?? 0];
  },
  foreign: async () => [],
  refusal: 403,
});

const template: Rows = {
  own: async ({ db }) => {
    const [row] = await db.query<{ id: number }>(
      `INSERT INTO import_templates (name, columns, options) VALUES ('Template ' || random(), '{"npi": "npi"}', $1) RETURNING id`,
      [OPTIONS],
    );
    return [row?.id ?? 0];
  },
  foreign: async () => [],
  refusal: 403,
};

const twoLeads = async ({ db }: Scene) => [(await aLead(db)).id, (await aLead(db)).id].sort((a, b) => a - b);

const merge: Rows = {
  own: async ({ db }) => {
    const [survivor = 0, other = 0] = [
      (await aLead(db)).id,
      (await aLead(db, { deleted_at: new Date() })).id,
    ];
    const [row] = await db.query<{ id: number }>(
      `INSERT INTO lead_merges (survivor_id, merged_ids, changes, activities) VALUES ($1, $2, '{}', '{}') RETURNING id`,
      [survivor, [other]],
    );
    return [row?.id ?? 0];
  },
  foreign: async () => [],
  refusal: 403,
};

let templates = 0;

/** Files of leads. */
export const IMPORTS: Permissions = {
  'GET /api/v1/duplicates': to(LEADERS),
  'POST /api/v1/duplicates/check': to(ALL, undefined, () => ({ body: { practice_name: 'Harbor Foot' } })),
  'POST /api/v1/duplicates/dismiss': to(LEADERS, undefined, async (_, scene) => {
    const ids = await twoLeads(scene);
    await scene.db.query(
      `INSERT INTO lead_duplicates (lead_id, other_id, score, reasons) VALUES ($1, $2, 80, '[]')`,
      ids,
    );
    return { body: { lead_ids: ids } };
  }),
  'POST /api/v1/duplicates/reopen': to(LEADERS, undefined, async (_, scene) => {
    const ids = await twoLeads(scene);
    await scene.db.query(
      `INSERT INTO lead_duplicates (lead_id, other_id, score, reasons, state) VALUES ($1, $2, 80, '[]', 'dismissed')`,
      ids,
    );
    return { body: { lead_ids: ids } };
  }),
  'GET /api/v1/leads/:id/duplicates': to(OWN_LEADS, lead),
  'GET /api/v1/leads/:id/merges': to(LEADERS, lead),
  'POST /api/v1/duplicates/scan': to(LEADERS),
  'POST /api/v1/leads/:id/merge': to(LEADERS, lead, async (_, { db }) => ({
    body: { lead_ids: [(await aLead(db)).id] },
  })),
  'POST /api/v1/merges/:id/undo': to(LEADERS, merge),
  'GET /api/v1/import-templates': to(LEADERS),
  'POST /api/v1/import-templates': to(LEADERS, importIn('ready'), (id) => ({
    body: { name: `Broker list ${++templates}`, import_id: id },
  })),
  'DELETE /api/v1/import-templates/:id': to(LEADERS, template),
  'GET /api/v1/imports': to(LEADERS),
  'POST /api/v1/imports': to(LEADERS, undefined, () => ({ body: { file_name: 'leads.csv' } })),
  'GET /api/v1/imports/folder': to(['admin']),
  'GET /api/v1/imports/:id': to(LEADERS, importIn('ready')),
  'PATCH /api/v1/imports/:id': to(LEADERS, importIn('ready'), () => ({ body: { options: { hold: true } } })),
  'POST /api/v1/imports/:id/cancel': to(LEADERS, importIn('ready')),
  'GET /api/v1/imports/:id/file': to(LEADERS, importIn('uploading')),
  'PUT /api/v1/imports/:id/file': to(LEADERS, importIn('uploading'), () => ({
    body: 'npi\n1234567893\n',
    headers: { 'content-type': 'application/octet-stream' },
  })),
  'POST /api/v1/imports/:id/pause': to(LEADERS, importIn('running')),
  'POST /api/v1/imports/:id/preview': to(LEADERS, importIn('ready'), () => ({ body: { rows: 5 } })),
  'GET /api/v1/imports/:id/questions': to(LEADERS, importIn('completed')),
  'POST /api/v1/imports/:id/questions': to(LEADERS, importIn('completed'), () => ({
    body: { decision: 'skip' },
  })),
  'GET /api/v1/imports/:id/refused': to(LEADERS, importIn('completed')),
  'POST /api/v1/imports/:id/release': to(LEADERS, importIn('completed')),
  'POST /api/v1/imports/:id/start': to(LEADERS, importIn('ready')),
  'POST /api/v1/imports/:id/template': to(LEADERS, importIn('ready'), async (_, scene, caller) => ({
    body: { template_id: (await template.own(scene, caller))[0] },
  })),
  'POST /api/v1/imports/:id/undo': to(LEADERS, importIn('completed'), () => ({ body: {} })),
};
