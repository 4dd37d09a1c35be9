import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { UserResponse } from '../../users/dto/user.response.js';

/** A pair of tokens and whose they are. */
export class TokensResponse {
  @ApiProperty({ description: 'Sent as `Authorization: Bearer …`.' })
  access_token: string;

  @ApiPropertyOptional({
    type: String,
    description:
      'Good for one refresh. Absent when it was set as a cookie, which `X-Rota-Client: web` asks for.',
  })
  refresh_token?: string;

  @ApiProperty({ enum: ['bearer'] })
  token_type: 'bearer';

  @ApiProperty({ type: 'integer', description: 'Seconds the access token lasts.', example: 900 })
  expires_in: number;

  @ApiProperty({ type: UserResponse })
  user: UserResponse;
}
