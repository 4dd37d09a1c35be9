import { ApiProperty } from '@nestjs/swagger';

/** One sign-in of the caller. */
export class SessionResponse {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'Whether it is the one that asks.' })
  is_current: boolean;

  @ApiProperty({ type: String, nullable: true })
  user_agent: string | null;

  @ApiProperty({ type: String, nullable: true })
  ip_address: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;

  @ApiProperty({ format: 'date-time', description: 'When it was last refreshed.' })
  last_used_at: Date;

  @ApiProperty({ format: 'date-time' })
  expires_at: Date;
}
