import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Which agent it is about; nothing given is everybody. */
export class AgentQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1 })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value,
  )
  @IsOptional()
  @IsInt({ message: "must be an agent's id" })
  @Min(1, { message: "must be an agent's id" })
  @Max(2_147_483_647, { message: "must be an agent's id" })
  agent_id?: number;
}
