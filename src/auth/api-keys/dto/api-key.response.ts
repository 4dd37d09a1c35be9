import { ApiProperty } from '@nestjs/swagger';
import { API_KEY_SCOPES, ApiKeyScope } from '../../../enums/index.js';

export class ApiKeyResponse {
  @ApiProperty({ type: 'integer' })
  id: number;

  @ApiProperty({ example: 'Billing export' })
  name: string;

  @ApiProperty({ example: 'rota_0f3a9c21d4e5', description: 'How the key begins.' })
  prefix: string;

  @ApiProperty({ type: 'integer', description: 'Whose visibility it carries.' })
  user_id: number;

  @ApiProperty()
  user_name: string;

  @ApiProperty({ type: 'integer', nullable: true })
  created_by_id: number | null;

  @ApiProperty({ isArray: true, enum: API_KEY_SCOPES })
  scopes: ApiKeyScope[];

  @ApiProperty({ enum: ['active', 'expired', 'revoked'] })
  state: 'active' | 'expired' | 'revoked';

  @ApiProperty({ type: 'string', format: 'date-time' })
  expires_at: Date;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'To the minute.' })
  last_used_at: Date | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  created_at: Date;
}

export class NewApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ description: 'The key itself: shown now and never again.' })
  key: string;
}
