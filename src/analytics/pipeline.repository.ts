import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { winRateInterval } from '../gamification/win-rate.js';
import { OPEN_STATUSES } from './contributions.sql.js';
import { PipelineFiguresDto, PipelineStageDto } from './dto/pipeline.dto.js';
import { openNow, openThen } from './open-leads.sql.js';
import { countsSql, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

interface Past {
  won: number;
  closed: number;
}

/** What open leads may bring. */
@Injectable()
export class PipelineRepository {
  constructor(private readonly reads: ReplicaReads) {}

  /**
   * The chance of a stage is what history says of leads that were in it, as honest as their number.
   *
   * @param isNow of the leads that are open now, else of those that were when the scope's days ended
   */
  async forecast(scope: ReportScope, isNow: boolean): Promise<PipelineFiguresDto> {
    const [open, past, mean] = await Promise.all([
      this.open(scope, isNow),
      this.past(scope),
      this.meanDealValue(scope),
    ]);
    const stages = OPEN_STATUSES.map((status) =>
      stageOf(status, open.get(status) ?? 0, past.get(status) ?? { won: 0, closed: 0 }, mean),
    );
    const known = stages.filter(({ closed }) => closed > 0);
    const sum = (chance: (stage: PipelineStageDto) => number) =>
      money(known.reduce((total, stage) => total + stage.leads * chance(stage) * (mean ?? 0), 0));
    return {
      stages,
      mean_deal_value: mean,
      expected_value: sum(({ chance }) => chance ?? 0),
      expected_value_low: sum(({ chance_low }) => chance_low),
      expected_value_high: sum(({ chance_high }) => chance_high),
    };
  }

  private async open(scope: ReportScope, isNow: boolean): Promise<Map<string, number>> {
    const rows = await this.reads.query<{ status: string; leads: number }[]>(
      `WITH ${(isNow ? openNow : openThen)(scope)} SELECT status, sum(leads)::int AS leads FROM open GROUP BY status`,
      parametersOf(scope),
    );
    return new Map(rows.map(({ status, leads }) => [status, leads]));
  }

  /** What became of leads that were in a stage and were closed in the scope's days. */
  private async past(scope: ReportScope): Promise<Map<string, Past>> {
    const rows = await this.reads.query<({ status: string } & Past)[]>(
      `WITH ${countsSql(scope)}
       SELECT n.status, coalesce(sum(count) FILTER (WHERE measure = 'from_' || n.status || '_won'), 0)::int AS won,
              coalesce(sum(count), 0)::int AS closed
         FROM unnest(ARRAY['${OPEN_STATUSES.join("', '")}']) AS n (status)
         JOIN counts ON measure IN ('from_' || n.status || '_won', 'from_' || n.status || '_lost') GROUP BY n.status`,
      parametersOf(scope),
    );
    return new Map(rows.map((row) => [row.status, row]));
  }

  private async meanDealValue(scope: ReportScope): Promise<number | null> {
    const [row] = await this.reads.query<[{ mean: number | null }]>(
      `WITH ${countsSql(scope)}
       SELECT round(sum(amount) / nullif(sum(count), 0), 2)::float8 AS mean FROM counts WHERE measure = 'valued'`,
      parametersOf(scope),
    );
    return row.mean;
  }
}

function stageOf(
  status: string,
  leads: number,
  { won, closed }: Past,
  mean: number | null,
): PipelineStageDto {
  const { low, high } = winRateInterval(won, closed);
  const chance = closed === 0 ? null : won / closed;
  return {
    status,
    leads,
    closed,
    chance: chance === null ? null : share(chance),
    chance_low: share(low),
    chance_high: share(high),
    expected_value: chance === null || mean === null ? null : money(leads * chance * mean),
  };
}

const share = (value: number): number => Math.round(value * 10_000) / 10_000;
const money = (value: number): number => Math.round(value * 100) / 100;
