import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { IsTime } from '../../common/is-time.js';
import { PolicyRulesDto } from './policy-rules.dto.js';

export class PeriodDto {
  @ApiProperty({ type: 'string', format: 'date-time' })
  @IsTime()
  from: string;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'Not included.' })
  @IsTime()
  to: string;
}

/** Either a version of a policy, or rules that are stored nowhere yet. */
export class SimulateDto {
  @ApiPropertyOptional({ type: 'integer', description: 'The default policy when not given.' })
  @IsOptional()
  @IsInt({ message: "must be a policy's id" })
  @Min(1, { message: "must be a policy's id" })
  @Max(2_147_483_647, { message: "must be a policy's id" })
  policy_id?: number;

  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @IsInt({ message: 'must be the number of a version' })
  @Min(1, { message: 'must be the number of a version' })
  @Max(1_000_000, { message: 'must be the number of a version' })
  version?: number;

  @ApiPropertyOptional({ type: PolicyRulesDto })
  @IsOptional()
  @IsObject({ message: 'must be an object of rules' })
  @ValidateNested()
  @Type(() => PolicyRulesDto)
  rules?: PolicyRulesDto;

  @ApiPropertyOptional({
    type: PeriodDto,
    description:
      'Leads that were entered then, in that order, from nobody having any; the live pool when not given.',
  })
  @IsOptional()
  @IsObject({ message: 'must be a period' })
  @ValidateNested()
  @Type(() => PeriodDto)
  period?: PeriodDto;
}

export class SimulatedAgent {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ type: 'integer', description: 'Leads that the agent would get.' })
  leads: number;

  @ApiProperty({ type: 'integer', description: 'Active leads that the agent would have then.' })
  active_leads: number;

  @ApiProperty({ description: 'Leads received − entitlement under the policy, then.' })
  deviation: number;

  @ApiProperty({ description: 'Leads × smoothed win rate.' })
  expected_wins: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Leads by score band.',
  })
  bands: Record<string, number>;
}

export class SimulationOutcome {
  @ApiProperty({ type: 'integer' })
  assigned: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, description: 'By reason.' })
  unassigned: Record<string, number>;

  @ApiProperty()
  expected_wins: number;

  @ApiProperty({ description: 'The largest deviation of anybody, either way.' })
  largest_deviation: number;

  @ApiProperty({ type: [SimulatedAgent] })
  agents: SimulatedAgent[];
}

export class SimulationResponse {
  @ApiProperty({ type: 'integer' })
  policy_id: number;

  @ApiProperty({ type: 'integer', description: 'Leads that were rehearsed with.' })
  leads: number;

  @ApiProperty({ description: 'Whether there were more leads than a rehearsal looks at.' })
  is_truncated: boolean;

  @ApiProperty({ type: SimulationOutcome, description: 'With the rules in force.' })
  active: SimulationOutcome;

  @ApiProperty({ type: SimulationOutcome, description: 'With the rules that were asked about.' })
  draft: SimulationOutcome;
}
