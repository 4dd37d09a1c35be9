import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AgentBalance } from './dto/fairness.dto.js';

/** Shares are sums of binary fractions; what is told of them has six digits. */
const rounded = (share: string): string => `round((${share})::numeric, 6)::float8`;

/** Entitlements and counts of a period, from the log. */
@Injectable()
export class FairnessRepository {
  constructor(private readonly dataSource: DataSource) {}

  async defaultPolicyId(): Promise<number> {
    const [row] = await this.dataSource.query<[{ id: number }]>(
      'SELECT id FROM distribution_policies WHERE is_default',
    );
    return row.id;
  }

  /** @param agentId limits it to one */
  balances(
    policyId: number,
    from: string | undefined,
    to: string | undefined,
    agentId: number | null,
  ): Promise<AgentBalance[]> {
    return this.dataSource.query(
      `WITH shares AS (
         SELECT c.agent_id, d.band, sum(c.entitled) AS entitled, sum(c.received)::int AS received
           FROM distribution_batches b
           JOIN distribution_decisions d ON d.batch_id = b.id
          CROSS JOIN unnest(d.candidates, d.entitled, d.received) AS c (agent_id, entitled, received)
          WHERE b.policy_id = $1 AND ($2::timestamptz IS NULL OR b.decided_at >= $2)
            AND ($3::timestamptz IS NULL OR b.decided_at < $3) AND ($4::int IS NULL OR c.agent_id = $4)
          GROUP BY 1, 2
       )
       SELECT u.id AS agent_id, u.username, u.full_name, ${rounded('coalesce(s.deviation, 0)')} AS standing,
              ${rounded('sum(shares.entitled)')} AS entitled, sum(shares.received)::int AS received,
              ${rounded('sum(shares.received) - sum(shares.entitled)')} AS deviation,
              json_agg(json_build_object('band', band, 'entitled', ${rounded('entitled')}, 'received', shares.received,
                'deviation', ${rounded('shares.received - entitled')}) ORDER BY array_position('{A+,A,B+,B,C}', band)) AS bands
         FROM shares JOIN users u ON u.id = shares.agent_id
         LEFT JOIN distribution_standings s ON s.policy_id = $1 AND s.agent_id = u.id
        GROUP BY u.id, s.deviation ORDER BY u.username`,
      [policyId, from ?? null, to ?? null, agentId],
    );
  }
}
