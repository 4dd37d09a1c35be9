import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UserRole } from '../enums/index.js';
import { Roles } from '../users/access.decorators.js';
import { AuditService } from './audit.service.js';
import { AuditListResponse, AuditQuery } from './dto/audit.dto.js';

@ApiTags('Compliance')
@Roles(UserRole.ADMIN)
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @ApiOperation({ summary: 'Who did what that matters for security, newest first' })
  @ApiOkResponse({ type: AuditListResponse })
  list(@Query() query: AuditQuery): Promise<AuditListResponse> {
    return this.audit.list(query);
  }
}
