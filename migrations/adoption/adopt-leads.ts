import { LeadSource, LeadStatus } from '../../src/enums/index.js';
import { findDataQuality } from '../../src/leads/fields/data-quality.js';
import { normalizeEin } from '../../src/leads/fields/ein.js';
import { readEntityType, readPriority, withoutMissingParts } from '../../src/leads/fields/export-values.js';
import { normalizeNpi } from '../../src/leads/fields/npi.js';
import { normalizeUsPhone } from '../../src/leads/fields/phone.js';
import { priorityOfScore, ScoredFields, scoreLead } from '../../src/leads/fields/scoring.js';
import { normalizeState } from '../../src/leads/fields/state.js';
import { withoutCityAndState } from '../../src/leads/fields/street-address.js';
import { repairZipCode } from '../../src/leads/fields/zip-code.js';
import { LegacyRow, labelOf } from './legacy-row.js';
import { createdAt, TableAdoption } from './table-adoption.js';

export const leads: TableAdoption = {
  table: 'leads',
  hasHistory: true,
  references: { assigned_user_id: 'users' },
  columns: {
    id: 'integer',
    practice_name: 'text',
    owner_name: 'text',
    practice_phone: 'text',
    owner_phone: 'text',
    address: 'text',
    city: 'text',
    state: 'text',
    zip_code: 'text',
    ein: 'text',
    npi: 'text',
    entity_type: 'text',
    providers: 'integer',
    specialties: 'text',
    is_sole_proprietor: 'boolean',
    category: 'text',
    score: 'integer',
    priority: 'text',
    status: 'text',
    source: 'text',
    assigned_user_id: 'integer',
    assigned_at: 'timestamptz',
    last_contact_date: 'timestamptz',
    next_follow_up: 'timestamptz',
    contact_attempts: 'integer',
    recycling_eligible_at: 'timestamptz',
    times_recycled: 'integer',
    previous_agents: 'integer[]',
    medicare_allograft_score: 'integer',
    overlooked_opportunity_score: 'integer',
    rural_verified_score: 'integer',
    scoring_breakdown: 'jsonb',
    created_at: 'timestamptz',
    updated_at: 'timestamptz',
  },
  adopt: (row) => {
    const fields = practice(row);
    return { id: row.id, ...fields, ...rating(row, fields), ...work(row) };
  },
};

const withoutFraction = (text: string): string => text.replace(/^(\d+)\.0+$/, '$1');
const phone = { read: (text: string) => normalizeUsPhone(withoutFraction(text)), usual: 30 };

/** What is known about the practice; the form is the one that the API gives these fields. */
function practice(row: LegacyRow) {
  const city = row.text('city', { usual: 100 });
  const state = row.text('state', { read: normalizeState, usual: 100 });
  const fields = {
    practice_name: row.text('practice_name', { usual: 200 }),
    owner_name: ownerName(row),
    practice_phone: row.text('practice_phone', phone),
    owner_phone: row.text('owner_phone', phone),
    address: street(row, city, state),
    city,
    state,
    zip_code: row.text('zip_code', { read: repairZipCode, code: 'rewritten', usual: 100 }),
    ein: row.text('ein', { read: (text) => normalizeEin(withoutFraction(text)), usual: 100 }),
    npi: row.text('npi', { read: normalizeNpi, usual: 100 }),
  };
  for (const { field, code, message } of findDataQuality({
    practiceName: fields.practice_name,
    practicePhone: fields.practice_phone,
    ownerPhone: fields.owner_phone,
    address: fields.address,
    city,
    state,
    zipCode: fields.zip_code,
    ein: fields.ein,
    npi: fields.npi,
  })) {
    row.doubt(field, code, message);
  }
  return {
    ...fields,
    entity_type: row.choice('entity_type', readEntityType, null),
    providers: row.whole('providers'),
    specialties: row.text('specialties', { usual: 500 }),
    is_sole_proprietor: row.yesOrNo('is_sole_proprietor'),
    category: row.text('category', { usual: 100 }),
  };
}

function ownerName(row: LegacyRow): string | null {
  const name = row.text('owner_name', { usual: 200 });
  const present = withoutMissingParts(name ?? '');
  return present === (name ?? '') ? name : row.change('owner_name', 'missing_marker', present || null);
}

function street(row: LegacyRow, city: string | null, state: string | null): string | null {
  const address = row.text('address', { usual: 300 });
  const alone = withoutCityAndState(address ?? '', city, state);
  return alone === (address ?? '') ? address : row.change('address', 'city_removed', alone || null);
}

/** Points as they were given; where there were none, by the rules that any new lead is scored by. */
function rating(row: LegacyRow, fields: ScoredFields) {
  const scored = scoreLead(fields);
  const given = row.whole('score', { min: 0, max: 100 });
  const score = given ?? row.change('score', 'missing', scored.score);
  const breakdown = row.json('scoring_breakdown') ?? (given === null ? scored.breakdown : null);
  const isNamedPoints = typeof breakdown === 'object' && !Array.isArray(breakdown);
  return {
    score,
    priority: row.choice('priority', readPriority, priorityOfScore(score)),
    medicare_allograft_score: row.whole('medicare_allograft_score'),
    overlooked_opportunity_score: row.whole('overlooked_opportunity_score'),
    rural_verified_score: row.whole('rural_verified_score'),
    scoring_breakdown: isNamedPoints
      ? breakdown
      : row.change('scoring_breakdown', 'rewritten', { total: breakdown }),
  };
}

/** Who works the lead and how far it got. */
function work(row: LegacyRow) {
  const made = createdAt(row, row.time('updated_at'));
  return {
    status: row.choice('status', labelOf(LeadStatus), LeadStatus.NEW),
    source: row.choice('source', labelOf(LeadSource), LeadSource.MANUAL_ENTRY),
    assigned_user_id: row.reference('assigned_user_id', 'users'),
    assigned_at: row.time('assigned_at'),
    last_contact_date: row.time('last_contact_date'),
    next_follow_up: row.time('next_follow_up'),
    contact_attempts: row.whole('contact_attempts', { min: 0 }) ?? 0,
    recycling_eligible_at: row.time('recycling_eligible_at'),
    times_recycled: row.whole('times_recycled', { min: 0 }) ?? 0,
    previous_agents: row.list('previous_agents', idOf),
    created_at: made,
    updated_at: row.time('updated_at') ?? made,
  };
}

function idOf(item: unknown): number | null {
  const text = String(item);
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
