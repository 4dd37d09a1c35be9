import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { AnyRole, CurrentActor, ForPrograms, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { AgentOwnershipGuard } from './agent-ownership.guard.js';
import { DoNotContactService } from './do-not-contact.service.js';
import {
  ClosedPhone,
  ClosedPhonesQuery,
  ClosedPhonesResponse,
  ClosePhoneDto,
  DoNotContactDto,
} from './dto/do-not-contact.dto.js';
import { LeadResponse } from './dto/lead.response.js';
import { LeadsService } from './leads.service.js';

/** Who must not be contacted: leads, and phone numbers whichever lead they belong to. */
@ApiTags('Do not contact')
@ForPrograms('leads')
@Controller('api/v1')
export class DoNotContactController {
  constructor(
    private readonly leads: LeadsService,
    private readonly phones: DoNotContactService,
  ) {}

  @Put('leads/:id/do-not-contact')
  @AnyRole()
  @UseGuards(AgentOwnershipGuard)
  @ApiOperation({ summary: 'Say that nobody may contact this lead, or that it may be contacted again' })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: LeadResponse })
  @ApiProblems(404)
  mark(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: DoNotContactDto,
  ): Promise<LeadResponse> {
    return this.leads.setDoNotContact(actor, id, dto.do_not_contact, dto.reason ?? null);
  }

  @Get('do-not-contact/phones')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Phone numbers that nobody may call, newest first' })
  @ApiOkResponse({ type: ClosedPhonesResponse })
  list(@Query() query: ClosedPhonesQuery): Promise<ClosedPhonesResponse> {
    return this.phones.list(query);
  }

  @Post('do-not-contact/phones')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Close a phone number: no lead with it is given out, claimed or exported' })
  @ApiCreatedResponse({ type: ClosedPhone })
  @ApiProblems(409)
  close(@CurrentActor() actor: Actor, @Body() dto: ClosePhoneDto): Promise<ClosedPhone> {
    return this.phones.close(actor, dto);
  }

  @Delete('do-not-contact/phones/:phone')
  @HttpCode(204)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Open a phone number again' })
  @ApiParam({ name: 'phone', schema: { type: 'string' }, example: '4105552034' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  open(@CurrentActor() actor: Actor, @Param('phone') phone: string): Promise<void> {
    return this.phones.open(actor, phone);
  }
}
