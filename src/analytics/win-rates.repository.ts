import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { winRateInterval } from '../gamification/win-rate.js';
import { SPEED_NAMES } from './contributions.sql.js';
import { Dimension, RateDto, SpeedBucketDto, SpeedFiguresDto, WinRateGroupDto } from './dto/win-rates.dto.js';
import { mediansSql } from './histogram.sql.js';
import { countsSql, parametersOf, Split } from './report.sql.js';
import { ReportScope } from './report-scope.js';

type Counted<Dto extends RateDto> = Omit<Dto, 'win_rate' | 'low' | 'high'>;

/** Where the counts have a dimension: the key, the measures that it is kept by, and what the counts are split by. */
export const DIMENSION_COUNTS: Readonly<Record<Dimension, { key: string; like: string; split: Split }>> = {
  source: { key: 'c.source', like: '', split: { kinds: true } },
  state: { key: 'c.state', like: '', split: { kinds: true } },
  specialty: { key: 'c.specialty', like: '', split: { kinds: true } },
  agent: { key: 'c.agent_id::text', like: '', split: { agents: true } },
  practice_size: { key: `regexp_replace(c.measure, '^.*_size_', '')`, like: '_size_', split: {} },
  score_band: { key: `regexp_replace(c.measure, '^.*_band_', '')`, like: '_band_', split: {} },
};

/** Measures that count won, or won and lost, leads by a dimension, as a condition on counts `c`. */
export const closedBy = (dimension: Dimension, outcomes: readonly ('won' | 'lost')[]): string => {
  const { like } = DIMENSION_COUNTS[dimension];
  const measures = outcomes.map((outcome) =>
    like === '' ? `c.measure = '${outcome}'` : `c.measure LIKE '${outcome}${like.replace(/_/g, '\\_')}%'`,
  );
  return `(${measures.join(' OR ')})`;
};

/** Who and what wins, with how much is known about it. */
@Injectable()
export class WinRatesRepository {
  constructor(private readonly reads: ReplicaReads) {}

  async by(dimension: Dimension, scope: ReportScope): Promise<WinRateGroupDto[]> {
    const groups = await this.reads.query<Counted<WinRateGroupDto>[]>(
      byDimension(dimension, scope),
      parametersOf(scope),
    );
    return groups
      .map(rated)
      .sort((a, b) => b.low - a.low || b.closed - a.closed || a.key.localeCompare(b.key));
  }

  async bySpeed(scope: ReportScope): Promise<SpeedFiguresDto> {
    const [rows, [median]] = await Promise.all([
      this.reads.query<(Omit<Counted<SpeedBucketDto>, 'within'> & { bucket: number })[]>(
        `WITH ${countsSql(scope)} ${BY_SPEED}`,
        parametersOf(scope),
      ),
      this.reads.query<{ median: number }[]>(
        `WITH ${countsSql(scope)} ${mediansSql(CONTACTS)}`,
        parametersOf(scope),
      ),
    ]);
    const byBucket = new Map(rows.map(({ bucket, ...row }) => [bucket, row]));
    return {
      median_minutes: median ? Math.round(median.median / 6) / 10 : null,
      buckets: SPEED_NAMES.map((within, bucket) =>
        rated({ within, ...(byBucket.get(bucket) ?? { leads: 0, won: 0, closed: 0 }) }),
      ),
    };
  }
}

function rated<Row extends { won: number; closed: number }>(
  row: Row,
): Row & { win_rate: number | null; low: number; high: number } {
  const { low, high } = winRateInterval(row.won, row.closed);
  const win_rate = row.closed === 0 ? null : round(row.won / row.closed);
  return { ...row, win_rate, low: round(low), high: round(high) };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Counts are summed as integers: PostgreSQL sums large ones as decimals, which takes half as long again for the 100,000 of many agents. */
function byDimension(dimension: Dimension, scope: ReportScope): string {
  const { key, split } = DIMENSION_COUNTS[dimension];
  // As a number: grouped by as text, the agents of 50,000 counts take a third longer.
  const group = dimension === 'agent' ? 'c.agent_id' : key;
  const isWon = closedBy(dimension, ['won']);
  const name = `coalesce((SELECT full_name FROM users u WHERE u.id = g.key), 'Nobody')`;
  return `
  WITH ${countsSql(scope, split)}, grouped AS (
    SELECT ${group} AS key, coalesce(sum(c.count::int) FILTER (WHERE ${isWon}), 0)::int AS won,
           sum(c.count::int)::int AS closed, coalesce(sum(c.amount) FILTER (WHERE ${isWon}), 0)::float8 AS deal_value
      FROM counts c WHERE ${closedBy(dimension, ['won', 'lost'])} GROUP BY 1 HAVING sum(c.count::int) > 0
  )
  SELECT g.key::text AS key, g.won, g.closed, g.deal_value, ${dimension === 'agent' ? name : 'g.key'} AS label FROM grouped g`;
}

const BY_SPEED = `
  SELECT bucket, sum(count)::int AS leads, coalesce(sum(count) FILTER (WHERE measure = 'speed_won'), 0)::int AS won,
         coalesce(sum(count) FILTER (WHERE measure IN ('speed_won', 'speed_lost')), 0)::int AS closed
    FROM counts WHERE measure IN ('speed_won', 'speed_lost', 'speed_open') GROUP BY bucket`;

const CONTACTS = `
  SELECT 'contact' AS key, bucket, sum(count) AS n, sum(amount) AS seconds FROM counts WHERE measure = 'contact'
   GROUP BY bucket`;
