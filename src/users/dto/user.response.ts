import { ApiProperty } from '@nestjs/swagger';
import { UserRole } from '../../enums/index.js';

/** A user as every route answers it; never with a password hash. */
export class UserResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  email: string;

  @ApiProperty()
  full_name: string;

  @ApiProperty({ enum: Object.values(UserRole) })
  role: UserRole;

  @ApiProperty()
  is_active: boolean;

  @ApiProperty({ type: 'integer', nullable: true })
  manager_id: number | null;

  @ApiProperty({ type: String, nullable: true })
  phone: string | null;

  @ApiProperty({ type: String, nullable: true })
  territory: string | null;

  @ApiProperty({ description: 'True until they choose a password of their own.' })
  must_change_password: boolean;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  last_activity: Date | null;

  @ApiProperty({ description: 'Won of closed leads, in percent.' })
  conversion_rate: number;

  @ApiProperty({ type: 'integer' })
  activity_score: number;

  @ApiProperty({ type: 'integer' })
  deals_closed: number;

  @ApiProperty()
  current_percentile: number;

  @ApiProperty({ type: 'integer', description: '1 is best, 0 is not ranked.' })
  current_rank: number;

  @ApiProperty()
  performance_score: number;

  @ApiProperty({ type: [String] })
  badges: string[];

  @ApiProperty({ type: 'integer' })
  total_points: number;

  @ApiProperty({ type: 'integer' })
  level: number;

  @ApiProperty({ format: 'date-time' })
  created_at: Date;
}
