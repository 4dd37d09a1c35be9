import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/api-problems.js';
import { IdPipe } from '../../common/id.pipe.js';
import { UserRole } from '../../enums/index.js';
import { CurrentActor, Roles } from '../../users/access.decorators.js';
import { Actor } from '../../users/actor.js';
import { SingleSignOnService } from './single-sign-on.service.js';

@ApiTags('Users')
@Roles(UserRole.ADMIN)
@Controller('api/v1/users')
export class SingleSignOnResetController {
  constructor(private readonly singleSignOn: SingleSignOnService) {}

  @Post(':id/reset-single-sign-on')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Forget the account at the identity provider of a user who got another one',
    description: 'Their sessions end. The next account there with their verified address becomes theirs.',
  })
  @ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } })
  @ApiNoContentResponse()
  @ApiProblems(404)
  reset(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<void> {
    return this.singleSignOn.reset(actor, id);
  }
}
