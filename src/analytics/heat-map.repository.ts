import { Injectable } from '@nestjs/common';
import { ReplicaReads } from '../database/replica-reads.js';
import { HeatCellDto } from './dto/heat-map.dto.js';
import { countsSql, parametersOf } from './report.sql.js';
import { ReportScope } from './report-scope.js';

/** When in the week work is done, and calls are answered. */
@Injectable()
export class HeatMapRepository {
  constructor(private readonly reads: ReplicaReads) {}

  cells(scope: ReportScope): Promise<HeatCellDto[]> {
    return this.reads.query(
      `WITH ${countsSql(scope)}, worked AS (
         SELECT extract(isodow FROM day)::int AS weekday, bucket AS hour,
                sum(count) FILTER (WHERE measure = 'hour') AS activities,
                sum(count) FILTER (WHERE measure = 'connected') AS connected
           FROM counts WHERE measure IN ('hour', 'connected') GROUP BY 1, 2
       )
       SELECT w.weekday, h.hour, coalesce(d.activities, 0)::int AS activities, coalesce(d.connected, 0)::int AS connected
         FROM generate_series(1, 7) AS w (weekday) CROSS JOIN generate_series(0, 23) AS h (hour)
         LEFT JOIN worked d ON d.weekday = w.weekday AND d.hour = h.hour
        ORDER BY w.weekday, h.hour`,
      parametersOf(scope),
    );
  }
}
