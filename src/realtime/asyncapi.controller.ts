import { Controller, Get } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../users/access.decorators.js';
import { buildAsyncApiDocument } from './asyncapi.js';
import { NotificationResponse } from './notifications/dto/notification.response.js';

@ApiTags('Operations')
@ApiExtraModels(NotificationResponse)
@Public()
@Controller('asyncapi.json')
export class AsyncApiController {
  private readonly document = buildAsyncApiDocument();

  @Get()
  @ApiOperation({ summary: 'The realtime events, as an AsyncAPI 3 document' })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  read(): object {
    return this.document;
  }
}
