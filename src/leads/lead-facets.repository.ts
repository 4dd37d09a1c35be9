import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { Actor } from '../users/actor.js';
import { LeadFacetsResponse } from './dto/lead-facets.dto.js';
import { LeadFilterDto } from './dto/list-leads.query.js';
import { hasLetters, leadConditions, SearchMode, searchWords } from './lead-conditions.js';

type Facet = Exclude<keyof LeadFacetsResponse, 'is_estimate' | 'won_value'>;

/** Up to so many leads are counted one by one. */
const COUNTED_EXACTLY = 50_000;
/** Of more, about so many rows of the table are looked at, and the counts multiplied. */
const SAMPLED_ROWS = 100_000;
const MOST_SPECIALTIES = 25;

/** Each facet's counts over `matched`, without the filter that it is for. */
const COUNTS: Readonly<Record<Facet, string>> = {
  status: countsBy('status'),
  state: countsBy('state'),
  priority: countsBy('priority'),
  source: countsBy('source'),
  assigned_user_id: countsBy('assigned_user_id'),
  specialty: `(SELECT 'specialty', trim(name), count(DISTINCT id)::float8
    FROM matched, unnest(string_to_array(specialties, ',')) AS name WHERE trim(name) <> '' GROUP BY 2
    ORDER BY 3 DESC, 2 LIMIT ${MOST_SPECIALTIES})`,
};
const FACETS = Object.keys(COUNTS) as Facet[];

const WON_VALUE = `SELECT 'won_value', NULL, coalesce(sum(s.deal_value), 0)::float8 FROM matched m
  JOIN lead_stages s ON s.lead_id = m.id AND s.left_at IS NULL WHERE m.status = 'CLOSED_WON'`;

interface Counted {
  facet: string;
  value: string | null;
  count: number;
}

/** Counts beside the filters of the list, always within what the asker may see. */
@Injectable()
export class LeadFacetsRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async facets(actor: Actor, filter: LeadFilterDto): Promise<LeadFacetsResponse> {
    const exact = await this.inMode(actor, filter, 'exact');
    // As the list does: typing errors are forgiven where nothing is found letter by letter.
    const isEmpty = FACETS.every((facet) => exact[facet].length === 0);
    if (!isEmpty || !searchWords(filter.q).some(hasLetters)) return exact;
    return this.inMode(actor, filter, 'similar');
  }

  private async inMode(actor: Actor, filter: LeadFilterDto, mode: SearchMode): Promise<LeadFacetsResponse> {
    const scans = await Promise.all(
      groupsOf(filter).map(([others, facets]) => this.scan(actor, others, facets, mode)),
    );
    const counted = scans.flatMap(({ rows }) => rows);
    const valuesOf = (facet: Facet) =>
      counted
        .filter((row) => row.facet === facet)
        .map(({ value, count }) => ({ value, count }))
        .sort((a, b) => b.count - a.count);
    return {
      status: valuesOf('status'),
      state: valuesOf('state'),
      priority: valuesOf('priority'),
      source: valuesOf('source'),
      assigned_user_id: valuesOf('assigned_user_id'),
      specialty: valuesOf('specialty'),
      won_value: counted.find(({ facet }) => facet === 'won_value')?.count ?? 0,
      is_estimate: scans.some(({ isEstimate }) => isEstimate),
    };
  }

  /** Reads the matching leads once for all facets that have the same filter. */
  private async scan(
    actor: Actor,
    filter: LeadFilterDto,
    facets: readonly Facet[],
    mode: SearchMode,
  ): Promise<{ rows: Counted[]; isEstimate: boolean }> {
    const where = leadConditions(actor, filter, mode);
    const read = (sample: string, limit: string) =>
      this.reads.query<Counted[]>(
        `WITH matched AS MATERIALIZED (
           SELECT l.id, l.status, l.state, l.priority, l.source, l.assigned_user_id, l.specialties
             FROM leads l ${sample} WHERE ${where.toSql()} ${limit}
         )
         SELECT 'total' AS facet, NULL AS value, count(*)::float8 AS count FROM matched
         UNION ALL ${facets.map((facet) => COUNTS[facet]).join(' UNION ALL ')}
         ${facets.includes('status') ? `UNION ALL ${WON_VALUE}` : ''}`,
        where.parameters,
      );
    const rows = await read('', `LIMIT ${COUNTED_EXACTLY + 1}`);
    const total = rows.find(({ facet }) => facet === 'total')?.count ?? 0;
    if (total <= COUNTED_EXACTLY) return { rows, isEstimate: false };

    const percent = await this.percentToSample();
    const sampled = await read(`TABLESAMPLE SYSTEM (${percent}) REPEATABLE (0)`, '');
    const scaled = sampled.map((row) => ({ ...row, count: Math.round((row.count * 100) / percent) }));
    return { rows: scaled, isEstimate: true };
  }

  private async percentToSample(): Promise<number> {
    const [row] = await this.reads.query<{ rows: number }[]>(
      `SELECT greatest(reltuples, 1)::float8 AS rows FROM pg_class WHERE oid = 'leads'::regclass`,
    );
    return Math.min(100, (100 * SAMPLED_ROWS) / (row?.rows ?? 1));
  }
}

function countsBy(column: string): string {
  return `SELECT '${column}', ${column}::text, count(*)::float8 FROM matched GROUP BY 2`;
}

/** Facets by the filter that is left when their own is taken out. */
function groupsOf(filter: LeadFilterDto): [LeadFilterDto, Facet[]][] {
  const groups = new Map<string, [LeadFilterDto, Facet[]]>();
  for (const facet of FACETS) {
    const { [facet]: _, ...rest } = filter;
    // A status that one chooses is shown whether it is active or not.
    const others = facet === 'status' && !filter.deleted ? { ...rest, show_all: true } : rest;
    const key = JSON.stringify(Object.entries(others).sort());
    const group: [LeadFilterDto, Facet[]] = groups.get(key) ?? [others, []];
    group[1].push(facet);
    groups.set(key, group);
  }
  return [...groups.values()];
}
