import type { QueryRunner } from 'typeorm';
import { REPAIRS } from './finding.js';
import { FINDINGS_TABLE } from './findings-table.js';

/**
 * Leads whose NPIs are one and the same once they are clean: the first keeps it, the others lose nothing else, and
 * their history and a finding say which NPI it was.
 */
export async function partDuplicateNpis(runner: QueryRunner): Promise<void> {
  await runner.query(
    `WITH keepers AS (SELECT npi, min(id) AS id FROM leads WHERE npi IS NOT NULL GROUP BY npi HAVING count(*) > 1),
          parted AS (
            UPDATE leads SET npi = NULL FROM keepers
             WHERE leads.npi = keepers.npi AND leads.id <> keepers.id
             RETURNING leads.id, keepers.npi, keepers.id AS keeper),
          recorded AS (
            INSERT INTO lead_history (lead_id, version, field, old_value, new_value, source, reason)
            SELECT id, 1, 'npi', to_jsonb(npi), NULL, 'adoption', $1 || ' It is lead ' || keeper || '.' FROM parted)
     INSERT INTO ${FINDINGS_TABLE} (table_name, row_id, field, code, old_value, new_value, message)
     SELECT 'leads', id, 'npi', 'npi_duplicate', to_jsonb(npi), NULL, $1 || ' It is lead ' || keeper || '.'
       FROM parted ORDER BY id`,
    [REPAIRS.npi_duplicate],
  );
}
