import { ApiProperty } from '@nestjs/swagger';

const ANY_VALUE = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
  nullable: true,
};

export class RuleChangeResponse {
  @ApiProperty({ example: 'participants.7.weight', description: 'Participants go by their ids.' })
  field: string;

  @ApiProperty(ANY_VALUE)
  from: unknown;

  @ApiProperty(ANY_VALUE)
  to: unknown;

  @ApiProperty({ example: 'Active leads each agent is kept at: 20 → 25', description: 'For people.' })
  line: string;
}

export class PolicyDiffResponse {
  @ApiProperty({ type: 'integer' })
  policy_id: number;

  @ApiProperty({ type: 'integer' })
  from_version: number;

  @ApiProperty({ type: 'integer' })
  to_version: number;

  @ApiProperty({ type: [RuleChangeResponse], description: 'Empty when both mean the same.' })
  changes: RuleChangeResponse[];
}
