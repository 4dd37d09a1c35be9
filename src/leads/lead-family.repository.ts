import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { LeadStatus } from '../enums/index.js';

/** Another location of a practice. */
export interface RelatedLead {
  id: number;
  practiceName: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  zipCode: string | null;
  status: LeadStatus;
  assignedUserId: number | null;
  by: 'ein' | 'name_and_official';
}

/** What says only in which form the company is. */
const FORMS = String.raw`llc|l\.l\.c|inc|pllc|pc|p\.c|pa|p\.a|llp|corp|ltd`;

/** A name as it is compared: small letters, without what says only in which form the company is. */
const nameOf = (column: string): string =>
  `trim(regexp_replace(lower(${column}), '[,.]|\\m(${FORMS})\\M\\.?', '', 'g'))`;

/** What of a name every spelling of it has; no wildcards of LIKE. */
const withoutForm = (column: string): string =>
  `regexp_replace(replace(replace(${column}, '%', ''), '_', ''), '[, ]+(${FORMS})\\.?$', '', 'i')`;

/** Whoever signs for the practice, without title and credential. */
const officialOf = (column: string): string => `lower(trim(split_part(${column}, ',', 1)))`;

/**
 * Leads with the same EIN, by its index; and those whose name and official are alike, by the index of the search, of which
 * the name without the form of its company is a part.
 */
const FAMILY = `
  WITH a AS MATERIALIZED (SELECT * FROM leads WHERE id = $1 AND deleted_at IS NULL),
  family AS (
    SELECT b.id, 'ein' AS by, 1 AS rank FROM a JOIN leads b ON b.ein = a.ein
     WHERE b.ein IS NOT NULL AND b.deleted_at IS NULL
    UNION ALL
    SELECT b.id, 'name_and_official', 2 FROM a JOIN leads b
        ON lead_search_text(b.practice_name, b.owner_name, b.city, b.npi, b.practice_phone, b.owner_phone)
           LIKE '%' || lower(${withoutForm('a.practice_name')}) || '%'
     WHERE length(a.practice_name) > 5 AND b.deleted_at IS NULL
       AND ${nameOf('b.practice_name')} = ${nameOf('a.practice_name')}
       AND ${officialOf('b.owner_name')} = ${officialOf('a.owner_name')}
  ), one AS (
    SELECT DISTINCT ON (id) id, by FROM family WHERE id <> $1 ORDER BY id, rank
  )
  SELECT l.id, l.practice_name AS "practiceName", l.address, l.city, l.state, l.zip_code AS "zipCode", l.status,
         l.assigned_user_id AS "assignedUserId", one.by
    FROM one JOIN leads l ON l.id = one.id ORDER BY l.state, l.city, l.id LIMIT $2`;

/** Practices with several locations: leads that belong together, and are leads of their own. */
@Injectable()
export class LeadFamilyRepository {
  constructor(private readonly reads: ReplicaReads) {}

  relatives(leadId: number, limit: number): Promise<RelatedLead[]> {
    return this.reads.query(FAMILY, [leadId, limit]);
  }
}
