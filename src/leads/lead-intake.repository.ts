import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/transaction-runner.js';
import { Lead } from './lead.entity.js';

/** A lead that comes with many others. */
export type IncomingLead = Pick<
  Lead,
  | 'practiceName'
  | 'ownerName'
  | 'practicePhone'
  | 'ownerPhone'
  | 'address'
  | 'city'
  | 'state'
  | 'zipCode'
  | 'ein'
  | 'npi'
  | 'entityType'
  | 'providers'
  | 'specialties'
  | 'isSoleProprietor'
  | 'category'
  | 'score'
  | 'priority'
  | 'source'
  | 'scoringBreakdown'
  | 'scoringVersion'
  | 'repairs'
  | 'isHeld'
>;

/** What leads are recognised by. */
export type LeadKeys = Pick<Lead, 'npi' | 'ein' | 'practicePhone' | 'zipCode'>;

/** The lead that a row is about, and by what it was recognised. */
export interface KnownLead {
  id: number;
  by: 'npi' | 'ein' | 'phone_zip';
}

const COLUMNS: readonly (readonly [keyof IncomingLead, string, string])[] = [
  ['practiceName', 'practice_name', 'text'],
  ['ownerName', 'owner_name', 'text'],
  ['practicePhone', 'practice_phone', 'text'],
  ['ownerPhone', 'owner_phone', 'text'],
  ['address', 'address', 'text'],
  ['city', 'city', 'text'],
  ['state', 'state', 'text'],
  ['zipCode', 'zip_code', 'text'],
  ['ein', 'ein', 'text'],
  ['npi', 'npi', 'text'],
  ['entityType', 'entity_type', 'text'],
  ['providers', 'providers', 'int'],
  ['specialties', 'specialties', 'text'],
  ['isSoleProprietor', 'is_sole_proprietor', 'bool'],
  ['category', 'category', 'text'],
  ['score', 'score', 'int'],
  ['priority', 'priority', 'text'],
  ['scoringVersion', 'scoring_version', 'int'],
  ['source', 'source', 'text'],
  ['isHeld', 'is_held', 'bool'],
];
const NAMES = COLUMNS.map(([, column]) => column).join(', ');
const ARRAYS = COLUMNS.map(([, , type], place) => `$${place + 4}::${type}[]`).join(', ');

/** Leads that come by the thousand: recognised and stored in one statement each, without making entities of them. */
@Injectable()
export class LeadIntakeRepository {
  /**
   * Stores leads in the order of their NPIs, so that two who store the same ones never wait for each other.
   *
   * @returns the id of each; undefined where its NPI is taken
   */
  async insert(tx: Transaction, leads: IncomingLead[]): Promise<(number | undefined)[]> {
    if (leads.length === 0) return [];
    const ids = await tx.query<{ id: number }[]>(
      `SELECT nextval(pg_get_serial_sequence('leads', 'id'))::int AS id FROM generate_series(1, $1)`,
      [leads.length],
    );
    const inserted = await tx.query<{ id: number }[]>(
      `INSERT INTO leads (id, repairs, scoring_breakdown, ${NAMES})
       SELECT id, string_to_array(repairs, ','), breakdown::jsonb, ${NAMES}
         FROM unnest($1::int[], $2::text[], $3::text[], ${ARRAYS}) AS r (id, repairs, breakdown, ${NAMES})
        ORDER BY npi, id
       ON CONFLICT (npi) WHERE deleted_at IS NULL DO NOTHING RETURNING id`,
      [
        ids.map(({ id }) => id),
        leads.map(({ repairs }) => repairs?.join(',') ?? null),
        leads.map(({ scoringBreakdown }) => (scoringBreakdown ? JSON.stringify(scoringBreakdown) : null)),
        ...COLUMNS.map(([property]) => leads.map((lead) => lead[property])),
      ],
    );
    const taken = new Set(inserted.map(({ id }) => id));
    return ids.map(({ id }) => (taken.has(id) ? id : undefined));
  }

  /**
   * Recognises leads by NPI, else EIN, else telephone with ZIP code; two that have different NPIs are never the same.
   *
   * @param onlyByNpi for the registry, in which a group's providers share everything else
   * @returns for each the oldest lead that it is, if any
   */
  async recognise(tx: Transaction, keys: LeadKeys[], onlyByNpi: boolean): Promise<(KnownLead | undefined)[]> {
    const byNpi = keys.flatMap(({ npi }, place) => (npi === null ? [] : [{ place, npi }]));
    const found = new Map<number, KnownLead>();
    if (byNpi.length > 0) {
      const rows = await tx.query<{ id: number; npi: string }[]>(
        'SELECT id, npi FROM leads WHERE npi = ANY($1) AND deleted_at IS NULL',
        [byNpi.map(({ npi }) => npi)],
      );
      const ids = new Map(rows.map(({ npi, id }) => [npi, id]));
      for (const { place, npi } of byNpi) {
        const id = ids.get(npi);
        if (id !== undefined) found.set(place, { id, by: 'npi' });
      }
    }
    const others = keys.flatMap((key, place) =>
      onlyByNpi ||
      found.has(place) ||
      (key.ein === null && (key.practicePhone === null || key.zipCode === null))
        ? []
        : [{ place, ...key }],
    );
    if (others.length === 0) return keys.map((_, place) => found.get(place));
    const rows = await tx.query<{ place: number; id: number; by: 'ein' | 'phone_zip' }[]>(BY_OTHER_KEYS, [
      others.map(({ place }) => place),
      others.map(({ npi }) => npi),
      others.map(({ ein }) => ein),
      others.map(({ practicePhone }) => practicePhone),
      others.map(({ zipCode }) => zipCode?.slice(0, 5) ?? null),
    ]);
    for (const { place, id, by } of rows) found.set(place, { id, by });
    return keys.map((_, place) => found.get(place));
  }

  /** @returns of the leads that have these NPIs and are marked as deactivated, whether that is why they are held */
  async findDeactivated(tx: Transaction, npis: string[]): Promise<Map<number, boolean>> {
    const rows = await tx.query<{ id: number; isWhyHeld: boolean }[]>(
      `SELECT l.id, coalesce((SELECT h.source = 'registry' FROM lead_history h
                               WHERE h.lead_id = l.id AND h.field = 'is_held' ORDER BY h.id DESC LIMIT 1), false) AS "isWhyHeld"
         FROM leads l WHERE l.npi = ANY($1) AND l.npi_deactivated_at IS NOT NULL AND l.deleted_at IS NULL`,
      [npis],
    );
    return new Map(rows.map(({ id, isWhyHeld }) => [id, isWhyHeld]));
  }

  /** @returns for each lead the fields, by wire name, that a person set last */
  async fieldsOfPeople(tx: Transaction, leadIds: number[]): Promise<Map<number, Set<string>>> {
    const rows = await tx.query<{ id: number; fields: string[] | null; is_manual: boolean }[]>(
      `SELECT l.id, l.source IN ('manual_entry', 'api_manual_entry', 'referral') AS is_manual,
              (SELECT array_agg(field) FROM (
                 SELECT DISTINCT ON (field) field, source FROM lead_history h WHERE h.lead_id = l.id ORDER BY field, h.id DESC
               ) last WHERE source IN ('api', 'bulk', 'merge')) AS fields
         FROM leads l WHERE l.id = ANY($1)`,
      [leadIds],
    );
    return new Map(
      rows.map(({ id, fields, is_manual }) => [
        id,
        new Set([...(fields ?? []), ...(is_manual ? ['*'] : [])]),
      ]),
    );
  }
}

/** The indexes on EIN and telephone serve this; a LIMIT inside would tempt the planner to walk through all leads by id. */
const BY_OTHER_KEYS = `
  WITH r AS MATERIALIZED (
    SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]) AS r (place, npi, ein, phone, zip)
  ), known AS (
    SELECT r.place, l.id, 'ein' AS by, 1 AS rank FROM r JOIN leads l ON l.ein = r.ein
     WHERE l.ein IS NOT NULL AND l.deleted_at IS NULL AND (l.npi IS NULL OR r.npi IS NULL)
    UNION ALL
    SELECT r.place, l.id, 'phone_zip', 2 FROM r JOIN leads l ON l.practice_phone = r.phone AND left(l.zip_code, 5) = r.zip
     WHERE l.deleted_at IS NULL AND (l.npi IS NULL OR r.npi IS NULL)
  )
  SELECT DISTINCT ON (place) place, id, by FROM known ORDER BY place, rank, id`;
