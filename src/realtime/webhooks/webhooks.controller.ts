import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { CurrentActor, ForPrograms, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import { CreateWebhookDto, ListDeliveriesQuery, ReplayDto } from './dto/webhook.dto.js';
import {
  NewWebhookResponse,
  ReplayResponse,
  WebhookDeliveryListResponse,
  WebhookResponse,
} from './dto/webhook.response.js';
import { WebhooksService } from './webhooks.service.js';

const ApiWebhookId = () => ApiParam({ name: 'id', schema: { type: 'integer' } });

@ApiTags('Webhooks')
@Roles(UserRole.ADMIN)
@ForPrograms('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @ApiOperation({ summary: 'Every webhook' })
  @ApiOkResponse({ type: [WebhookResponse] })
  list(): Promise<WebhookResponse[]> {
    return this.webhooks.list();
  }

  @Post()
  @ApiOperation({ summary: 'Have events sent to an address, signed by Standard Webhooks' })
  @ApiCreatedResponse({ type: NewWebhookResponse })
  create(@CurrentActor() actor: Actor, @Body() dto: CreateWebhookDto): Promise<NewWebhookResponse> {
    return this.webhooks.create(actor, dto);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a webhook and what was sent to it' })
  @ApiWebhookId()
  @ApiNoContentResponse()
  @ApiProblems(404)
  delete(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.webhooks.delete(actor, id);
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was sent, newest first, kept for 14 days' })
  @ApiWebhookId()
  @ApiOkResponse({ type: WebhookDeliveryListResponse })
  @ApiProblems(404)
  listDeliveries(
    @Param('id', IdPipe) id: number,
    @Query() query: ListDeliveriesQuery,
  ): Promise<WebhookDeliveryListResponse> {
    return this.webhooks.listDeliveries(id, query);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send again what was given up' })
  @ApiWebhookId()
  @ApiOkResponse({ type: ReplayResponse })
  @ApiProblems(404)
  replay(@Param('id', IdPipe) id: number, @Body() dto: ReplayDto): Promise<ReplayResponse> {
    return this.webhooks.replay(id, dto ?? {});
  }
}
