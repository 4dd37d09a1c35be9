import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { RunKind, RunState } from '../enums/index.js';
import { DistributionRun } from './log.entity.js';

/** After so long without a batch a run's process must have died. */
const SILENCE = '10 minutes';

export interface RunProgress {
  examined: number;
  assigned: number;
  recycled: number;
  unassigned: Record<string, number>;
}

/** Runs of the distribution, with their progress. */
@Injectable()
export class RunsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async begin(kind: RunKind, requestedBy: number | null): Promise<number> {
    const [run] = await this.dataSource.query<[{ id: number }]>(
      `WITH gone AS (
         UPDATE distribution_runs SET state = 'interrupted', finished_at = now()
          WHERE state = 'running' AND heartbeat_at < now() - interval '${SILENCE}'
       )
       INSERT INTO distribution_runs (kind, state, requested_by) VALUES ($1, 'running', $2) RETURNING id`,
      [kind, requestedBy],
    );
    return run.id;
  }

  /** @returns whether somebody wants it to stop */
  async beat(id: number, progress: RunProgress): Promise<boolean> {
    const rows = await this.dataSource.query<[{ stop: boolean }[]]>(
      `UPDATE distribution_runs SET examined = $2, assigned = $3, recycled = $4, unassigned = $5, heartbeat_at = now()
        WHERE id = $1 RETURNING cancel_requested_at IS NOT NULL AS stop`,
      [id, progress.examined, progress.assigned, progress.recycled, JSON.stringify(progress.unassigned)],
    );
    return rows[0]?.[0]?.stop ?? false;
  }

  async finish(id: number, state: RunState, error: string | null = null): Promise<void> {
    await this.dataSource.query(
      'UPDATE distribution_runs SET state = $2, error = $3, finished_at = now() WHERE id = $1',
      [id, state, error],
    );
  }

  findById(id: number): Promise<DistributionRun | null> {
    return this.dataSource.manager.findOneBy(DistributionRun, { id });
  }

  /** Newest first. @param below only runs with lower ids */
  page(limit: number, below: number | undefined): Promise<DistributionRun[]> {
    const runs = this.dataSource.manager.createQueryBuilder(DistributionRun, 'run').orderBy('run.id', 'DESC');
    if (below !== undefined) runs.where('run.id < :below', { below });
    return runs.take(limit).getMany();
  }

  /** @returns whether it was still running */
  async requestCancel(tx: Transaction, id: number): Promise<boolean> {
    const result = await tx
      .createQueryBuilder()
      .update(DistributionRun)
      .set({ cancelRequestedAt: () => 'coalesce(cancel_requested_at, now())' })
      .where('id = :id AND state = :state', { id, state: RunState.RUNNING })
      .execute();
    return (result.affected ?? 0) > 0;
  }
}
