import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ImportApplyTemplateDto, ImportTemplateDto } from './dto/import.dto.js';
import { ImportResponse, ImportTemplateResponse } from './dto/import.response.js';
import { toImportResponse } from './import.mapper.js';
import { ImportTemplates } from './import-templates.service.js';

/** Columns and options that are used again for files of one make. */
@ApiTags('Imports')
@Controller('api/v1')
export class ImportTemplatesController {
  constructor(private readonly templates: ImportTemplates) {}

  @Get('import-templates')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Templates, by name' })
  @ApiOkResponse({ type: [ImportTemplateResponse] })
  list(): Promise<ImportTemplateResponse[]> {
    return this.templates.list();
  }

  @Post('import-templates')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Keep the columns and options of an import' })
  @ApiCreatedResponse({ type: ImportTemplateResponse })
  @ApiProblems(404, 409)
  create(@CurrentActor() actor: Actor, @Body() dto: ImportTemplateDto): Promise<ImportTemplateResponse> {
    return this.templates.create(actor, dto);
  }

  @Delete('import-templates/:id')
  @HttpCode(204)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Remove a template' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  remove(@Param('id', IdPipe) id: number): Promise<void> {
    return this.templates.remove(id);
  }

  @Post('imports/:id/template')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Give an import the columns and options of a template' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async apply(@Param('id', IdPipe) id: number, @Body() dto: ImportApplyTemplateDto): Promise<ImportResponse> {
    return toImportResponse(await this.templates.apply(id, dto.template_id));
  }
}
