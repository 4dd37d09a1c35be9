import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE, PageQuery } from '../common/page.query.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { distributionErrors } from './distribution.errors.js';
import { RunListResponse, RunResponse, toRunResponse } from './dto/run.response.js';
import { RunDecisionsResponse } from './dto/run-decisions.response.js';
import { DecisionPlace, RunDecisionsRepository } from './run-decisions.repository.js';
import { RunsRepository } from './runs.repository.js';

/** Runs as managers and admins see them. */
@Injectable()
export class RunsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly runs: RunsRepository,
    private readonly log: RunDecisionsRepository,
  ) {}

  async list(query: PageQuery): Promise<RunListResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const runs = await this.runs.page(limit + 1, query.cursor ? lastIdOf(query.cursor) : undefined);
    const last = runs.length > limit ? runs[limit - 1] : undefined;
    return {
      runs: runs.slice(0, limit).map(toRunResponse),
      next_cursor: last ? encodeCursor({ id: last.id }) : null,
    };
  }

  async get(id: number): Promise<RunResponse> {
    const run = await this.runs.findById(id);
    if (!run) throw distributionErrors.runNotFound(id);
    return toRunResponse(run);
  }

  /** Which lead went to whom in it, and by what. */
  async decisions(id: number, query: PageQuery): Promise<RunDecisionsResponse> {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const run = await this.get(id);
    const rows = await this.log.page(run.id, limit + 1, query.cursor ? placeOf(query.cursor) : undefined);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      decisions: rows.slice(0, limit).map(({ decisionId: _, id: __, ...decision }) => decision),
      next_cursor: last ? encodeCursor({ decision: last.decisionId, id: last.id }) : null,
    };
  }

  /** The run ends after the batch that it is at. */
  async cancel(id: number): Promise<RunResponse> {
    const run = await this.get(id);
    if (!(await this.transactions.run((tx) => this.runs.requestCancel(tx, run.id))))
      throw distributionErrors.runIsOver(id);
    return this.get(id);
  }
}

function lastIdOf(cursor: string): number {
  const { id } = decodeCursor(cursor);
  if (typeof id !== 'number' || !Number.isInteger(id)) throw invalidCursor();
  return id;
}

const ROW_ID = /^\d{1,18}$/;

function placeOf(cursor: string): DecisionPlace {
  const { decision, id } = decodeCursor(cursor);
  if (typeof decision !== 'string' || typeof id !== 'string' || !ROW_ID.test(decision) || !ROW_ID.test(id))
    throw invalidCursor();
  return { decisionId: decision, id };
}
