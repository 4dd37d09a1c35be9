import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsTime } from '../../common/is-time.js';

export class FairnessQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'The default policy when not given.' })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value,
  )
  @IsOptional()
  @IsInt({ message: "must be a policy's id" })
  @Min(1, { message: "must be a policy's id" })
  @Max(2_147_483_647, { message: "must be a policy's id" })
  policy_id?: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'From the beginning when not given.' })
  @IsOptional()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Not included; until now when not given.' })
  @IsOptional()
  @IsTime()
  to?: string;
}

class Balance {
  @ApiProperty({ description: 'Leads the agent was entitled to.' })
  entitled: number;

  @ApiProperty({ type: 'integer' })
  received: number;

  @ApiProperty({ description: 'Received − entitled.' })
  deviation: number;
}

export class BandBalance extends Balance {
  @ApiProperty({
    enum: ['A+', 'A', 'B+', 'B', 'C'],
    description: 'Score band: 90, 80, 70, 60 and up, below.',
  })
  band: string;
}

export class AgentBalance extends Balance {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ description: 'Of all time: what the next leads go by.' })
  standing: number;

  @ApiProperty({ type: [BandBalance] })
  bands: BandBalance[];
}

export class FairnessResponse {
  @ApiProperty({ type: 'integer' })
  policy_id: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  from: string | null;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  to: string | null;

  @ApiProperty({ description: 'The largest deviation of anybody in the period, either way.' })
  largest_deviation: number;

  @ApiProperty({ type: [AgentBalance] })
  agents: AgentBalance[];
}
