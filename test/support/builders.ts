import { npiCheckDigit } from '../../src/leads/fields/npi.js';
import { TestDatabase } from './database.js';

type Row = Record<string, unknown>;

let stem = 123_456_000;

/** A valid NPI that no other lead of this process has. */
export function anNpi(): string {
  const digits = String(++stem);
  return digits + npiCheckDigit(digits);
}

/** The fields of a made-up practice as a client sends them. */
export function leadFields(fields: Row = {}): Row {
  return {
    practice_name: 'Harbor Foot & Ankle',
    owner_name: 'Dr. Lee Park',
    practice_phone: '(410) 555-2034',
    owner_phone: '(410) 555-2035',
    address: '12 Pier Street',
    city: 'Baltimore',
    state: 'MD',
    zip_code: '21201',
    ein: '52-1234567',
    npi: anNpi(),
    entity_type: 'Organization',
    providers: 3,
    specialties: 'Podiatry',
    is_sole_proprietor: false,
    category: 'Podiatry',
    ...fields,
  };
}

/**
 * A lead that was there before the test began.
 *
 * @param columns of the table `leads`, instead of the made-up ones
 * @returns its row
 */
export async function aLead(db: TestDatabase, columns: Row = {}): Promise<Row & { id: number }> {
  const assigned = columns['assigned_user_id'] ? { assigned_at: new Date() } : {};
  const row = { ...leadFields(), score: 60, priority: 'B', ...assigned, ...columns };
  const names = Object.keys(row);
  const [lead] = await db.query<Row & { id: number }>(
    `INSERT INTO leads (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING *`,
    Object.values(row),
  );
  if (!lead) throw new Error('no lead was inserted');
  return lead;
}
