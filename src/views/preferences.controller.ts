import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AnyRole, CurrentActor } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { PreferencesResponse, UpdatePreferencesDto } from './dto/preferences.dto.js';
import { PreferencesRepository } from './preferences.repository.js';
import { viewErrors } from './view.errors.js';
import { ViewsRepository } from './views.repository.js';

/** How one wants to see things, on every device. */
@ApiTags('Views')
@AnyRole()
@Controller('api/v1/me/preferences')
export class PreferencesController {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly preferences: PreferencesRepository,
    private readonly views: ViewsRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: "One's preferences; null where nothing is chosen" })
  @ApiOkResponse({ type: PreferencesResponse })
  get(@CurrentActor() actor: Actor): Promise<PreferencesResponse> {
    return this.preferences.find(actor.id);
  }

  @Patch()
  @ApiOperation({ summary: 'Choose: fields sent are set, null takes a choice back' })
  @ApiOkResponse({ type: PreferencesResponse })
  change(@CurrentActor() actor: Actor, @Body() dto: UpdatePreferencesDto): Promise<PreferencesResponse> {
    return this.transactions.run(async (tx) => {
      const viewId = dto.leads_view_id;
      if (viewId && !(await this.views.isVisible(tx, viewId, actor.id))) throw viewErrors.unknownView();
      await this.preferences.set(tx, actor.id, dto);
      return this.preferences.find(actor.id, tx);
    });
  }
}
