import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { MOST_RECYCLED } from './contributions.sql.js';
import { RecyclingRowDto, SourceQualityDto } from './dto/sources.dto.js';
import { countsSql, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

/** Where leads come from: how complete those of a source are, and what comes of those that are tried again. */
@Injectable()
export class SourcesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  quality(scope: ReportScope): Promise<SourceQualityDto[]> {
    return this.reads.query(`WITH ${countsSql(scope, { kinds: true })} ${QUALITY}`, parametersOf(scope));
  }

  /** By how often leads were recycled. */
  recycling(scope: ReportScope): Promise<RecyclingRowDto[]> {
    return this.reads.query(`WITH ${countsSql(scope)} ${RECYCLING}`, parametersOf(scope));
  }
}

const leads = (condition: string): string => `coalesce(sum(count) FILTER (WHERE ${condition}), 0)`;
const having = (bit: number): string => `round(${leads(`bucket & ${bit} > 0`)} / sum(count), 4)::float8`;

/** Buckets are those of lead-type.sql's QUALITY. */
const QUALITY = `
  SELECT source, sum(count)::int AS leads, ${having(1)} AS with_phone, ${having(2)} AS with_npi,
         ${having(4)} AS with_address, ${having(8)} AS recycled,
         round(${leads(`bucket & 8 > 0 AND measure = 'quality_won'`)}
           / nullif(${leads(`bucket & 8 > 0 AND measure IN ('quality_won', 'quality_lost')`)}, 0), 4)::float8 AS recycled_win_rate
    FROM counts WHERE measure IN ('quality_won', 'quality_lost', 'quality_open')
   GROUP BY source HAVING sum(count) > 0 ORDER BY leads DESC, source`;

const became = (outcome: string): string => `${leads(`c.measure = 'recycled_${outcome}'`)}::int`;

const RECYCLING = `
  SELECT t.times, coalesce(sum(count), 0)::int AS recycled, ${became('waiting')} AS waiting, ${became('open')} AS working,
         ${became('won')} AS won, ${became('lost')} AS lost,
         round(${leads(`c.measure = 'recycled_won'`)} / nullif(sum(count), 0), 4)::float8 AS yield,
         coalesce(sum(amount), 0)::float8 AS deal_value
    FROM generate_series(1, ${MOST_RECYCLED}) AS t (times) LEFT JOIN counts c ON c.bucket = t.times
     AND c.measure IN ('recycled_waiting', 'recycled_open', 'recycled_won', 'recycled_lost')
   GROUP BY t.times ORDER BY t.times`;
