import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { EraseDto, PersonalDataResponse } from './dto/persons.dto.js';
import { PersonsService } from './persons.service.js';

const ApiId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** Rights of the people whose data is kept; each use of them is in the audit trail. */
@ApiTags('Compliance')
@Roles(UserRole.ADMIN)
@Controller('api/v1')
export class PersonsController {
  constructor(private readonly persons: PersonsService) {}

  @Post('users/:id/personal-data')
  @HttpCode(200)
  @ApiOperation({ summary: 'A copy of all that is kept of a user' })
  @ApiId()
  @ApiOkResponse({ type: PersonalDataResponse })
  @ApiProblems(404)
  exportUser(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<PersonalDataResponse> {
    return this.persons.exportUser(actor, id);
  }

  @Post('users/:id/erase')
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase who a deactivated user was; their work stays, under nobody’s name' })
  @ApiId()
  @ApiNoContentResponse()
  @ApiProblems(404, 409)
  eraseUser(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() _confirmed: EraseDto,
  ): Promise<void> {
    return this.persons.eraseUser(actor, id);
  }

  @Post('leads/:id/personal-data')
  @HttpCode(200)
  @ApiOperation({ summary: 'A copy of all that is kept of a practice and its owner' })
  @ApiId()
  @ApiOkResponse({ type: PersonalDataResponse })
  @ApiProblems(404)
  exportLead(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<PersonalDataResponse> {
    return this.persons.exportLead(actor, id);
  }

  @Post('leads/:id/erase-owner')
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase who the owner of a practice is, here and wherever it was copied to' })
  @ApiId()
  @ApiNoContentResponse()
  @ApiProblems(404)
  eraseLeadOwner(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() _confirmed: EraseDto,
  ): Promise<void> {
    return this.persons.eraseLeadOwner(actor, id);
  }
}
