import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { ActivityType } from '../enums/index.js';
import { INTERVALS, TotalsDto, TrendPointDto } from './dto/totals.dto.js';
import { countsSql, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

const MEASURES = [
  'arrived',
  'first_contact',
  'won',
  'lost',
  ...Object.values(ActivityType).map((type) => `activity_${type}`),
];

const TOTALS = `
  coalesce(sum(c.count) FILTER (WHERE c.measure = 'arrived'), 0)::int AS arrived,
  coalesce(sum(c.count) FILTER (WHERE c.measure = 'first_contact'), 0)::int AS first_contacts,
  round(sum(c.amount) FILTER (WHERE c.measure = 'first_contact')
    / nullif(sum(c.count) FILTER (WHERE c.measure = 'first_contact'), 0) / 60, 1)::float8 AS speed_to_lead_minutes,
  coalesce(sum(c.count) FILTER (WHERE c.measure LIKE 'activity\\_%'), 0)::int AS activities,
  coalesce(sum(c.count) FILTER (WHERE c.measure = 'won'), 0)::int AS won,
  coalesce(sum(c.count) FILTER (WHERE c.measure = 'lost'), 0)::int AS lost,
  round(coalesce(sum(c.count) FILTER (WHERE c.measure = 'won'), 0)
    / nullif(sum(c.count) FILTER (WHERE c.measure IN ('won', 'lost')), 0), 4)::float8 AS win_rate,
  coalesce(sum(c.amount) FILTER (WHERE c.measure = 'won'), 0)::float8 AS deal_value`;

const BY_TYPE = `
  SELECT starts_on, jsonb_object_agg(type, n) AS types
    FROM (SELECT starts_on, substr(measure, 10) AS type, sum(count)::int AS n FROM dated
           WHERE measure LIKE 'activity\\_%' GROUP BY 1, 2 HAVING sum(count) > 0) t
   GROUP BY starts_on`;

/** Sums of the counts, over all days or by interval. */
@Injectable()
export class TotalsRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async totals(scope: ReportScope): Promise<TotalsDto> {
    const [row] = await this.reads.query<[TotalsDto]>(
      `WITH ${countsSql(scope, { measures: MEASURES })}, dated AS (SELECT *, 0 AS starts_on FROM counts), types AS (${BY_TYPE})
       SELECT ${TOTALS}, coalesce((SELECT types FROM types), '{}') AS activities_by_type FROM counts c`,
      parametersOf(scope),
    );
    return row;
  }

  /** One point an interval, without holes. */
  trend(scope: ReportScope, interval: (typeof INTERVALS)[number]): Promise<TrendPointDto[]> {
    return this.reads.query(
      `WITH ${countsSql(scope, { measures: MEASURES })},
       dated AS (SELECT *, date_trunc($8, day::timestamp)::date AS starts_on FROM counts), types AS (${BY_TYPE}),
       intervals AS (
         SELECT i::date AS starts_on FROM generate_series(date_trunc($8, $2::timestamp), $3::timestamp,
           CASE WHEN $8 = 'quarter' THEN interval '3 months' ELSE ('1 ' || $8)::interval END) AS i
       )
       SELECT i.starts_on::text AS starts_on, ${TOTALS},
              coalesce((SELECT t.types FROM types t WHERE t.starts_on = i.starts_on), '{}') AS activities_by_type
         FROM intervals i LEFT JOIN dated c ON c.starts_on = i.starts_on
        GROUP BY i.starts_on ORDER BY i.starts_on`,
      [...parametersOf(scope), interval],
    );
  }
}
