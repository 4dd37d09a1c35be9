import { Injectable } from '@nestjs/common';
import { RunKind, RunState } from '../enums/index.js';
import { Assigner, AssignmentRequest } from './assigner.js';
import { Recycler } from './recycler.js';
import { RunProgress, RunsRepository } from './runs.repository.js';

/** Leads that one transaction examines: few at first, because mostly few are needed; bounds memory and waiting. */
const FIRST_CHUNK = 200;
const LARGEST_CHUNK = 20_000;
/** Leads that are looked through for one agent; where nobody else takes the first of them, a run finds the others. */
const TOP_UP_EXAMINES = 5_000;

export interface RunResult extends RunProgress {
  /** Leads given out, by agent. */
  byAgent: Map<number, number>;
  state: RunState;
}

export interface RunRequest {
  kind: RunKind;
  actorId: number | null;
  /** Only these agents get leads. */
  agentIds?: number[];
  /** Takes untouched leads back first. */
  isRecycling?: boolean;
}

/** Runs of the distribution over the whole pool, batch after batch. */
@Injectable()
export class DistributionService {
  constructor(
    private readonly assigner: Assigner,
    private readonly recycler: Recycler,
    private readonly runs: RunsRepository,
  ) {}

  /** A run that is visible, can be cancelled between batches, and keeps what it has done when its process dies. */
  async run(request: RunRequest): Promise<RunResult> {
    const id = await this.runs.begin(request.kind, request.actorId);
    const result = emptyResult();
    try {
      if (request.isRecycling) result.recycled = await this.recycler.recycle(request.agentIds);
      await this.giveOut(result, request, id);
      await this.runs.beat(id, result);
      await this.runs.finish(id, result.state);
      return result;
    } catch (error) {
      await this.runs.finish(id, RunState.FAILED, (error as Error).message).catch(() => undefined);
      throw error;
    }
  }

  /**
   * Fills one agent up, without a run of its own, from the first leads of the pool: somebody waits for the answer.
   *
   * @returns leads given
   */
  async topUp(agentId: number): Promise<number> {
    const result = emptyResult();
    await this.giveOut(result, { agentIds: [agentId], actorId: null }, undefined, TOP_UP_EXAMINES);
    return result.assigned;
  }

  private async giveOut(
    result: RunResult,
    { agentIds, actorId }: Pick<AssignmentRequest, 'agentIds' | 'actorId'>,
    runId?: number,
    examineAtMost = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    let after: AssignmentRequest['after'];
    for (let limit = FIRST_CHUNK; ; limit = Math.min(limit * 5, LARGEST_CHUNK)) {
      const outcome = await this.assigner.assign({ agentIds, actorId, limit, after, runId });
      add(result, outcome);
      after = outcome.next;
      if (!after || result.examined >= examineAtMost) return;
      if (runId !== undefined && (await this.runs.beat(runId, result))) {
        result.state = RunState.CANCELLED;
        return;
      }
    }
  }
}

const emptyResult = (): RunResult => ({
  examined: 0,
  assigned: 0,
  recycled: 0,
  unassigned: {},
  byAgent: new Map(),
  state: RunState.COMPLETED,
});

function add(result: RunResult, outcome: Awaited<ReturnType<Assigner['assign']>>): void {
  result.examined += outcome.examined;
  for (const [agent, leads] of outcome.assigned) {
    result.assigned += leads;
    result.byAgent.set(agent, (result.byAgent.get(agent) ?? 0) + leads);
  }
  for (const [reason, leads] of Object.entries(outcome.unassigned))
    result.unassigned[reason] = (result.unassigned[reason] ?? 0) + leads;
}
