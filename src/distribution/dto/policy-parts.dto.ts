import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { LeadPriority, LeadSource } from '../../enums/index.js';
import type { CallWindow } from '../rules/call-window.js';
import type { Weekday } from '../rules/local-time.js';
import { WEEKDAYS } from '../rules/local-time.js';
import type { LeadCondition, Participant, SkillRule } from '../rules/policy-rules.js';
import { IsAmount, IsCount, IsList } from './policy-validators.js';

const words = (what: string) => IsString({ each: true, message: `must be a list of ${what}` });
const StringList = () => ApiPropertyOptional({ type: [String] });

export class LeadConditionDto implements LeadCondition {
  @StringList()
  @IsList(Matches(/^[A-Z]{2}$/, { each: true, message: 'must be a list of USPS codes' }), 'USPS codes')
  states?: string[];

  @StringList()
  @IsList(words('cities'), 'cities')
  cities?: string[];

  @StringList()
  @IsList(
    Matches(/^\d{1,5}$/, { each: true, message: 'must be a list of 1 to 5 digits each' }),
    'ZIP prefixes',
  )
  zip_prefixes?: string[];

  @StringList()
  @IsList(words('specialties'), 'specialties')
  specialties?: string[];

  @ApiPropertyOptional({ enum: Object.values(LeadPriority), isArray: true })
  @IsList(
    IsIn(Object.values(LeadPriority), {
      each: true,
      message: `must be of: ${Object.values(LeadPriority).join(', ')}`,
    }),
    'priorities',
  )
  priorities?: LeadPriority[];

  @ApiPropertyOptional({ enum: Object.values(LeadSource), isArray: true })
  @IsList(
    IsIn(Object.values(LeadSource), {
      each: true,
      message: `must be of: ${Object.values(LeadSource).join(', ')}`,
    }),
    'sources',
  )
  sources?: LeadSource[];

  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @IsCount(0, 100)
  score_min?: number;

  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @IsCount(0, 100)
  score_max?: number;

  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @IsCount(1, 9_999)
  providers_min?: number;

  @ApiPropertyOptional({ type: 'integer' })
  @IsOptional()
  @IsCount(1, 9_999)
  providers_max?: number;
}

export class ParticipantDto implements Participant {
  @ApiProperty({ type: 'integer' })
  @IsCount(1, 2_147_483_647)
  agent_id: number;

  @ApiPropertyOptional({ description: 'For `weighted`; leads go in proportion to it.', default: 1 })
  @IsOptional()
  @IsAmount(0.01, 1_000)
  weight?: number;

  @ApiPropertyOptional({
    type: LeadConditionDto,
    description: 'Leads that the agent takes; all when not given.',
  })
  @IsOptional()
  @IsObject({ message: 'must be an object of conditions' })
  @ValidateNested()
  @Type(() => LeadConditionDto)
  takes?: LeadConditionDto;

  @ApiPropertyOptional({ type: 'integer', description: "Instead of the policy's." })
  @IsOptional()
  @IsCount(1, 100_000)
  target_active?: number;
}

export class PerformanceDto {
  @ApiPropertyOptional({ default: 0.5, description: "Part of an equal share that nobody's falls below." })
  @IsOptional()
  @IsAmount(0, 0.99)
  floor?: number;

  @ApiPropertyOptional({ default: 0.1, description: 'Part of the leads that is shared equally.' })
  @IsOptional()
  @IsAmount(0, 1)
  exploration?: number;

  @ApiPropertyOptional({ default: 20, description: 'Closed leads that the company’s win rate counts as.' })
  @IsOptional()
  @IsAmount(1, 10_000)
  prior_leads?: number;
}

export class SkillRuleDto implements SkillRule {
  @ApiPropertyOptional({ type: LeadConditionDto, description: 'Which leads; all when not given.' })
  @IsOptional()
  @IsObject({ message: 'must be an object of conditions' })
  @ValidateNested()
  @Type(() => LeadConditionDto)
  leads?: LeadConditionDto;

  @ApiPropertyOptional({
    type: [String],
    description: 'The agent speaks one of these.',
    example: ['spanish'],
  })
  @IsList(words('languages'), 'languages')
  languages?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'The agent knows one of these.',
    example: ['podiatry'],
  })
  @IsList(words('specialties'), 'specialties')
  specialties?: string[];
}

export class CallWindowDto implements CallWindow {
  @ApiProperty({ example: '09:00', description: 'By the clock of the practice, from its ZIP code or state.' })
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'must be a time as HH:MM' })
  from: string;

  @ApiProperty({ example: '17:00', description: 'Not included; 24:00 is midnight.' })
  @Matches(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { message: 'must be a time as HH:MM' })
  to: string;

  @ApiPropertyOptional({ enum: WEEKDAYS, isArray: true, description: 'Every day when not given.' })
  @IsList(IsIn(WEEKDAYS, { each: true, message: `must be of: ${WEEKDAYS.join(', ')}` }), 'weekdays')
  days?: Weekday[];
}

const Minutes = () => (target: object, property: string) => {
  for (const rule of [ApiPropertyOptional({ type: 'integer' }), IsOptional(), IsCount(1, 43_200)])
    rule(target, property);
};

/** By priority. */
export class FirstContactMinutesDto {
  @Minutes()
  'A+'?: number;

  @Minutes()
  A?: number;

  @Minutes()
  'B+'?: number;

  @Minutes()
  B?: number;

  @Minutes()
  C?: number;
}
