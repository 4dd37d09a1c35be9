import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';
import { DistributionStrategy } from '../../enums/index.js';
import type { PolicyRules, StickyField } from '../rules/policy-rules.js';
import {
  CallWindowDto,
  FirstContactMinutesDto,
  LeadConditionDto,
  ParticipantDto,
  PerformanceDto,
  SkillRuleDto,
} from './policy-parts.dto.js';
import { IsAmount, IsCount } from './policy-validators.js';

const STICKY: StickyField[] = ['ein', 'owner_phone'];

export class PolicyRulesDto implements PolicyRules {
  @ApiProperty({ enum: Object.values(DistributionStrategy) })
  @IsIn(Object.values(DistributionStrategy), {
    message: `must be one of: ${Object.values(DistributionStrategy).join(', ')}`,
  })
  strategy: DistributionStrategy;

  @ApiProperty({ type: 'integer', description: 'Active leads that each agent is kept at.' })
  @IsCount(1, 100_000)
  target_active: number;

  @ApiPropertyOptional({ type: 'integer', nullable: true })
  @IsOptional()
  @IsCount(1, 100_000)
  per_day?: number | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true })
  @IsOptional()
  @IsCount(1, 100_000)
  per_hour?: number | null;

  @ApiPropertyOptional({
    type: LeadConditionDto,
    description: 'Leads that the policy takes; all when not given.',
  })
  @IsOptional()
  @IsObject({ message: 'must be an object of conditions' })
  @ValidateNested()
  @Type(() => LeadConditionDto)
  leads?: LeadConditionDto;

  @ApiPropertyOptional({
    type: [ParticipantDto],
    description: 'Every active agent, of the manager’s team if the policy has one, when not given.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list of participants' })
  @ArrayMinSize(1, { message: 'must name at least one agent; with none no lead would ever be given out' })
  @ArrayMaxSize(10_000, { message: 'must not name more than 10000 agents' })
  @IsObject({ each: true, message: 'must be a list of participants' })
  @ValidateNested({ each: true })
  @Type(() => ParticipantDto)
  participants?: ParticipantDto[];

  @ApiPropertyOptional({ default: 0, description: 'Score points that a day of waiting is worth.' })
  @IsOptional()
  @IsAmount(0, 100)
  aging_points_per_day?: number;

  @ApiPropertyOptional({ enum: STICKY, isArray: true })
  @IsOptional()
  @IsIn(STICKY, { each: true, message: `must be of: ${STICKY.join(', ')}` })
  sticky?: StickyField[];

  @ApiPropertyOptional({ default: true })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  avoid_previous_agents?: boolean;

  @ApiPropertyOptional({
    type: [SkillRuleDto],
    description: 'Leads that only agents with certain skills get.',
  })
  @IsOptional()
  @IsArray({ message: 'must be a list of rules' })
  @ArrayMaxSize(100, { message: 'must not have more than 100 rules' })
  @IsObject({ each: true, message: 'must be a list of rules' })
  @ValidateNested({ each: true })
  @Type(() => SkillRuleDto)
  skill_rules?: SkillRuleDto[];

  @ApiPropertyOptional({ type: CallWindowDto, nullable: true, description: 'Always when not given.' })
  @IsOptional()
  @IsObject({ message: 'must be a window with from and to' })
  @ValidateNested()
  @Type(() => CallWindowDto)
  call_window?: CallWindowDto | null;

  @ApiPropertyOptional({
    default: false,
    description: 'Who is away keeps the turns that pass meanwhile and gets those leads afterwards.',
  })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  make_up_skipped_turns?: boolean;

  @ApiPropertyOptional({
    default: false,
    description:
      'Hours until recycling and minutes until the first contact count only while the agent is at work.',
  })
  @IsOptional()
  @IsBoolean({ message: 'must be true or false' })
  working_hours_only?: boolean;

  @ApiPropertyOptional({
    type: FirstContactMinutesDto,
    description:
      'By when a new lead is to be contacted, by priority; agent and manager are warned when it is not.',
  })
  @IsOptional()
  @IsObject({ message: 'must be an object of priorities' })
  @ValidateNested()
  @Type(() => FirstContactMinutesDto)
  first_contact_minutes?: FirstContactMinutesDto;

  @ApiPropertyOptional({ default: 24 })
  @IsOptional()
  @IsAmount(1, 8_760)
  recycle_after_hours?: number;

  @ApiPropertyOptional({ type: 'integer', default: 3 })
  @IsOptional()
  @IsCount(1, 100)
  max_times_recycled?: number;

  @ApiPropertyOptional({ default: 72 })
  @IsOptional()
  @IsAmount(0, 8_760)
  credit_window_hours?: number;

  @ApiPropertyOptional({ type: [String], description: 'YYYY-MM-DD' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true, message: 'must be a list of days as YYYY-MM-DD' })
  holidays?: string[];

  @ApiPropertyOptional({ type: PerformanceDto })
  @IsOptional()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => PerformanceDto)
  performance?: PerformanceDto;
}
