import { migrate } from '../src/database/migrate.js';
import { TestDatabase } from './support/database.js';
import { insertLegacyLead, legacyDatabase } from './support/legacy-database.js';

let db: TestDatabase;
type Columns = Record<string, unknown>;

/** Makes a database of leads as the first version had them; answers what became of them, in the same order. */
async function adopt(...leads: Columns[]): Promise<Columns[]> {
  db = await legacyDatabase(
    `DELETE FROM activities; DELETE FROM leads; ${leads.map(insertLegacyLead).join('\n')}`,
  );
  await migrate(db.url);
  return db.query('SELECT * FROM leads ORDER BY id');
}

/** Findings of leads in their order, each as `field code`. */
async function found(leadId?: unknown): Promise<string[]> {
  const rows = await db.query<{ text: string }>(
    `SELECT field || ' ' || code AS text FROM legacy_v1.adoption_findings
      WHERE table_name = 'leads' AND row_id = coalesce($1, row_id) ORDER BY id`,
    [leadId],
  );
  return rows.map(({ text }) => text);
}
const history = (leadId?: unknown) =>
  db.query(
    `SELECT field, old_value, new_value, source, version, actor_id FROM lead_history
      WHERE lead_id = coalesce($1, lead_id) ORDER BY id`,
    [leadId],
  );

/** Field, value of the first version, value of ours, code of the finding. */
const REPAIRS = [
  ['practice_phone', '4105552034', '(410) 555-2034', 'reformatted'],
  ['practice_phone', '+1 410.555.2034', '(410) 555-2034', 'reformatted'],
  ['practice_phone', '4105552034.0', '(410) 555-2034', 'reformatted'],
  ['owner_phone', '410-555-2034 x12', '(410) 555-2034', 'reformatted'],
  ['owner_phone', '', null, 'blank'],
  ['zip_code', '92270.0', '92270', 'rewritten'],
  ['zip_code', '7030', '07030', 'rewritten'],
  ['zip_code', '7030.0', '07030', 'rewritten'],
  ['zip_code', '925010000', '92501-0000', 'rewritten'],
  ['state', 'California', 'CA', 'reformatted'],
  ['state', 'ca', 'CA', 'reformatted'],
  ['ein', '521234567', '52-1234567', 'reformatted'],
  ['ein', '521234567.0', '52-1234567', 'reformatted'],
  ['npi', '1234567893.0', '1234567893', 'reformatted'],
  ['owner_name', 'nan, nan', null, 'missing_marker'],
  ['owner_name', 'Dr. Lee Park, nan', 'Dr. Lee Park', 'missing_marker'],
  ['owner_name', '  Lee   Park ', 'Lee Park', 'reformatted'],
  ['specialties', 'None', null, 'missing_marker'],
  ['category', ' ', null, 'blank'],
  ['entity_type', '2', 'Organization', 'rewritten'],
  ['entity_type', 'Trust', null, 'left_out'],
  ['is_sole_proprietor', 'nan', null, 'missing_marker'],
  ['is_sole_proprietor', 'perhaps', null, 'left_out'],
  ['priority', 'A+ Priority', 'A+', 'rewritten'],
  ['priority', 'urgent', 'B', 'left_out'],
  ['priority', null, 'B', 'missing'],
  ['score', '180', 100, 'out_of_range'],
  ['source', 'hearsay', 'manual_entry', 'left_out'],
  ['source', null, 'manual_entry', 'missing'],
  ['contact_attempts', '-1', 0, 'out_of_range'],
  ['scoring_breakdown', '[50, 10]', { total: [50, 10] }, 'rewritten'],
] as const;

/** Field, value that stays, code of the doubt. */
const DOUBTS = [
  ['practice_phone', '555', 'phone_invalid'],
  ['practice_phone', '(555) 123-4567', 'phone_unassignable'],
  ['zip_code', 'near the pier', 'zip_invalid'],
  ['state', 'ZZ', 'state_invalid'],
  ['ein', '07-1234567', 'ein_prefix'],
  ['ein', '52-12', 'ein_invalid'],
  ['npi', '1111111111', 'npi_check_digit'],
  ['npi', '12', 'npi_invalid'],
  ['category', 'x'.repeat(101), 'too_long'],
] as const;

/** Field, value of the first version, value of ours: the same, only typed. */
const SAME = [
  ['is_sole_proprietor', 'True', true],
  ['is_sole_proprietor', 'Y', true],
  ['is_sole_proprietor', 'False', false],
  ['is_sole_proprietor', 'N', false],
  ['is_sole_proprietor', 'X', null],
  ['entity_type', 'Individual', 'Individual'],
  ['source', 'nppes_extraction', 'nppes_extraction'],
  ['owner_name', 'Park, NAN', 'Park, NAN'],
  ['scoring_breakdown', '{"base": 50}', { base: 50 }],
] as const;

/** How a value of the first version is recorded: JSON as JSON, numbers as numbers. */
const recordedAs = (field: string, value: string | null): unknown =>
  value !== null && ['scoring_breakdown', 'score', 'contact_attempts'].includes(field)
    ? JSON.parse(value)
    : value;

describe('adopting the value of one field', () => {
  const cases = [...REPAIRS, ...DOUBTS, ...SAME];
  let leads: Columns[];
  beforeAll(async () => {
    leads = await adopt(...cases.map(([field, value]) => ({ [field]: value })));
  });
  afterAll(() => db.drop());
  const leadOf = (example: (typeof cases)[number]) => leads[cases.indexOf(example)] ?? {};

  it.each(REPAIRS.map((example) => [example]))('repairs and reports %j', async (example) => {
    const [field, before, after, code] = example;
    const lead = leadOf(example);
    expect(lead[field]).toEqual(after);
    expect(await found(lead['id'])).toEqual([`${field} ${code}`]);
    const change = { field, old_value: recordedAs(field, before), new_value: after };
    expect(await history(lead['id'])).toEqual([
      { ...change, source: 'adoption', version: 1, actor_id: null },
    ]);
  });

  it.each(DOUBTS.map((example) => [example]))('leaves as it is, and reports, %j', async (example) => {
    const [field, value, code] = example;
    const lead = leadOf(example);
    expect(lead[field]).toBe(value);
    expect(await found(lead['id'])).toEqual([`${field} ${code}`]);
    expect(await history(lead['id'])).toEqual([]);
  });

  it.each(SAME.map((example) => [example]))('says nothing of %j', async (example) => {
    const [field, , after] = example;
    const lead = leadOf(example);
    expect(lead[field]).toEqual(after);
    expect([await found(lead['id']), await history(lead['id'])]).toEqual([[], []]);
  });
});

describe('adopting a lead', () => {
  afterEach(() => db.drop());

  it('takes the city off the address that repeats it, once that city and state are clean', async () => {
    const [lead] = await adopt({
      address: '1 Pier Street, BALTIMORE, MD',
      city: 'Baltimore ',
      state: 'Maryland',
    });
    expect(lead).toMatchObject({ address: '1 Pier Street', city: 'Baltimore', state: 'MD' });
    expect(await found()).toEqual(['city reformatted', 'state reformatted', 'address city_removed']);
  });

  it('scores a lead without a score as a new one', async () => {
    const [lead] = await adopt({ score: null, priority: null, specialties: 'Nephrology', providers: 3 });
    expect(lead).toMatchObject({ score: 85, priority: 'A', scoring_breakdown: { nephrology: 25 } });
    expect(await found()).toEqual(['score missing', 'priority missing']);
  });

  it('reports a lead that nobody can call or name', async () => {
    await adopt({ practice_name: '<UNAVAIL>', practice_phone: null });
    expect(await found()).toEqual([
      'practice_name missing_marker',
      'practice_name practice_name_missing',
      'practice_phone no_phone',
    ]);
  });

  it('keeps every lead when two NPIs become one; the later one says which it was', async () => {
    const leads = await adopt({ npi: '1234567893' }, { npi: '1234567893.0', city: 'Salina' });
    expect(leads.map(({ npi, city }) => [npi, city])).toEqual([
      ['1234567893', null],
      [null, 'Salina'],
    ]);
    expect(await found()).toEqual(['npi reformatted', 'npi npi_duplicate']);
    expect(await history()).toMatchObject([
      { old_value: '1234567893.0', new_value: '1234567893' },
      { old_value: '1234567893', new_value: null },
    ]);
    const [finding] = await db.query(
      `SELECT row_id, old_value, message FROM legacy_v1.adoption_findings WHERE code = 'npi_duplicate'`,
    );
    expect(finding).toMatchObject({ row_id: leads[1]?.['id'], old_value: '1234567893' });
    expect(finding?.['message']).toContain(`It is lead ${String(leads[0]?.['id'])}.`);
  });

  it('survives what jsonb cannot hold and what no index can', async () => {
    db = await legacyDatabase(`
      UPDATE leads SET scoring_breakdown = '{"note": "a\\u0000b\\ud800"}', practice_name = repeat('long name ', 900) WHERE id = 1`);
    await migrate(db.url);
    const [lead] = await db.query('SELECT scoring_breakdown, length(practice_name) FROM leads WHERE id = 1');
    expect(lead).toEqual({ scoring_breakdown: { note: 'ab' }, length: 600 });
    const [change] = await db.query('SELECT length(old_value #>> $1) FROM lead_history', ['{}']);
    expect(change).toEqual({ length: 9000 });
  });

  it('goes through more leads than fit into one batch', async () => {
    db = await legacyDatabase(`
      INSERT INTO leads (id, npi, practice_name, practice_phone, zip_code, score, priority, status, source, created_at)
      SELECT n, n, 'Clinic ' || n, '4105552034', '21201.0', 60, 'B', 'NEW', 'referral', '2025-07-05'
        FROM generate_series(1000000001, 1000004500) n`);
    await migrate(db.url);
    const [count] = await db.query(
      `SELECT count(*)::int AS leads, count(*) FILTER (WHERE zip_code = '21201')::int AS clean,
              (SELECT count(*)::int FROM lead_history) AS changes FROM leads WHERE id > 1000`,
    );
    expect(count).toEqual({ leads: 4500, clean: 4500, changes: 9000 });
  });
});
