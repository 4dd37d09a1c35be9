import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

/** Trimmed, in lower case, each once. */
const Words = (example: string) => (target: object, property: string) => {
  const rules = [
    ApiPropertyOptional({
      type: [String],
      maxItems: 50,
      example: [example],
      description: 'Stays when not given.',
    }),
    Transform(({ value }: { value: unknown }) => {
      if (!Array.isArray(value) || !value.every((word) => typeof word === 'string')) return value;
      return [...new Set(value.map((word: string) => word.trim().toLowerCase()))];
    }),
    IsOptional(),
    IsArray({ message: 'must be a list of words' }),
    ArrayMaxSize(50, { message: 'must not name more than 50' }),
    IsString({ each: true, message: 'must be a list of words' }),
    IsNotEmpty({ each: true, message: 'must not have empty words' }),
    MaxLength(100, { each: true, message: 'must not have words of more than 100 characters' }),
  ];
  for (const rule of rules) rule(target, property);
};

export class UpdateSkillsDto {
  @Words('spanish')
  languages?: string[];

  @Words('podiatry')
  specialties?: string[];
}

export class SkillsResponse {
  @ApiProperty({ type: 'integer' })
  agent_id: number;

  @ApiProperty({ type: [String], example: ['english', 'spanish'] })
  languages: string[];

  @ApiProperty({ type: [String], example: ['podiatry'] })
  specialties: string[];
}
