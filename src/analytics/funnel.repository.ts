import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { FUNNEL, OPEN_STATUSES } from './contributions.sql.js';
import { CohortDto, FunnelFiguresDto } from './dto/funnel.dto.js';
import { mediansSql } from './histogram.sql.js';
import { countsSql, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

/** What became of the leads that arrived in some days. */
@Injectable()
export class FunnelRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async stages(scope: ReportScope): Promise<FunnelFiguresDto> {
    const [reached, medians] = await Promise.all([this.reached(scope), this.medianHours(scope)]);
    const counts = FUNNEL.map(
      (status) => reached.get(status === 'NEW' ? 'arrived' : `reached_${status}`) ?? 0,
    );
    const stages = FUNNEL.map((status, index) => ({
      status,
      reached: counts[index] ?? 0,
      conversion_from_previous: index === 0 ? null : share(counts[index], counts[index - 1]),
      conversion_from_start: share(counts[index], counts[0]),
      median_hours_in_stage: medians.get(status) ?? null,
    }));
    return { stages, lost: reached.get('status_CLOSED_LOST') ?? 0 };
  }

  cohorts(scope: ReportScope): Promise<CohortDto[]> {
    return this.reads.query(
      `WITH ${countsSql(scope)}
       SELECT date_trunc('week', day::timestamp)::date::text AS week,
              coalesce(sum(count) FILTER (WHERE measure = 'arrived'), 0)::int AS arrived,
              coalesce(sum(count) FILTER (WHERE measure = 'reached_CONTACTED'), 0)::int AS contacted,
              coalesce(sum(count) FILTER (WHERE measure = 'reached_QUALIFIED'), 0)::int AS qualified,
              coalesce(sum(count) FILTER (WHERE measure = 'status_CLOSED_WON'), 0)::int AS won,
              coalesce(sum(count) FILTER (WHERE measure = 'status_CLOSED_LOST'), 0)::int AS lost
         FROM counts WHERE measure IN ('arrived', 'reached_CONTACTED', 'reached_QUALIFIED', 'status_CLOSED_WON', 'status_CLOSED_LOST')
        GROUP BY 1 HAVING sum(count) FILTER (WHERE measure = 'arrived') > 0 ORDER BY 1`,
      parametersOf(scope),
    );
  }

  private async reached(scope: ReportScope): Promise<Map<string, number>> {
    const rows = await this.reads.query<{ measure: string; n: number }[]>(
      `WITH ${countsSql(scope)} SELECT measure, sum(count)::int AS n FROM counts
        WHERE measure IN ('arrived', 'status_CLOSED_LOST', '${FUNNEL.map((status) => `reached_${status}`).join("', '")}')
        GROUP BY measure`,
      parametersOf(scope),
    );
    return new Map(rows.map(({ measure, n }) => [measure, n]));
  }

  private async medianHours(scope: ReportScope): Promise<Map<string, number>> {
    const rows = await this.reads.query<{ key: string; median: number }[]>(
      `WITH ${countsSql(scope)} ${mediansSql(STAYS)}`,
      parametersOf(scope),
    );
    return new Map(rows.map(({ key, median }) => [key, Math.round(median / 360) / 10]));
  }
}

const STAYS = `
  SELECT substr(measure, 6) AS key, bucket, sum(count) AS n, sum(amount) AS seconds
    FROM counts WHERE measure IN ('${OPEN_STATUSES.map((status) => `stay_${status}`).join("', '")}') GROUP BY 1, 2`;

/** @returns null where there is nothing to divide by */
const share = (part = 0, whole = 0): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;
