import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AnyRole, CurrentActor } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import { ListNotificationsQuery, MarkReadDto, NotificationPreferencesDto } from './dto/notification.dto.js';
import {
  NotificationListResponse,
  NotificationPreferencesResponse,
  UnreadResponse,
} from './dto/notification.response.js';
import { NotificationsService } from './notifications.service.js';

@ApiTags('Notifications')
@AnyRole()
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsService) {}

  @Get()
  @ApiOperation({ summary: "One's own notifications, newest first, and how many are unread" })
  @ApiOkResponse({ type: NotificationListResponse })
  list(
    @CurrentActor() actor: Actor,
    @Query() query: ListNotificationsQuery,
  ): Promise<NotificationListResponse> {
    return this.notifications.list(actor, query);
  }

  @Post('read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark some or all as read' })
  @ApiOkResponse({ type: UnreadResponse })
  markRead(@CurrentActor() actor: Actor, @Body() dto: MarkReadDto): Promise<UnreadResponse> {
    return this.notifications.markRead(actor, dto ?? {});
  }

  @Get('preferences')
  @ApiOperation({ summary: 'Which notifications one gets' })
  @ApiOkResponse({ type: NotificationPreferencesResponse })
  preferences(@CurrentActor() actor: Actor): Promise<NotificationPreferencesResponse> {
    return this.notifications.preferences(actor);
  }

  @Patch('preferences')
  @ApiOperation({ summary: 'Choose which notifications one gets: kinds sent are set' })
  @ApiOkResponse({ type: NotificationPreferencesResponse })
  changePreferences(
    @CurrentActor() actor: Actor,
    @Body() dto: NotificationPreferencesDto,
  ): Promise<NotificationPreferencesResponse> {
    return this.notifications.changePreferences(actor, dto);
  }
}
