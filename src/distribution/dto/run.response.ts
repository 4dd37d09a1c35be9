import { ApiProperty } from '@nestjs/swagger';
import { RunKind, RunState } from '../../enums/index.js';
import { DistributionRun } from '../log.entity.js';

export class RunResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ enum: Object.values(RunKind) })
  kind: RunKind;

  @ApiProperty({ enum: Object.values(RunState) })
  state: RunState;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Nobody: the schedule.' })
  requested_by: number | null;

  @ApiProperty()
  cancel_requested: boolean;

  @ApiProperty({ type: 'integer', description: 'Leads looked at so far.' })
  examined: number;

  @ApiProperty({ type: 'integer' })
  assigned: number;

  @ApiProperty({ type: 'integer' })
  recycled: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Leads looked at that found nobody, by reason.',
  })
  unassigned: Record<string, number>;

  @ApiProperty({ type: String, nullable: true })
  error: string | null;

  @ApiProperty({ format: 'date-time' })
  started_at: Date;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  finished_at: Date | null;
}

export class RunListResponse {
  @ApiProperty({ type: [RunResponse], description: 'Newest first.' })
  runs: RunResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toRunResponse = (run: DistributionRun): RunResponse => ({
  id: run.id,
  kind: run.kind,
  state: run.state,
  requested_by: run.requestedBy,
  cancel_requested: run.cancelRequestedAt !== null,
  examined: run.examined,
  assigned: run.assigned,
  recycled: run.recycled,
  unassigned: run.unassigned,
  error: run.error,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});
