import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe, parseId } from '../common/id.pipe.js';
import { DEFAULT_PAGE_SIZE, PageQuery } from '../common/page.query.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { ImportDecideDto, ImportUndoDto } from './dto/import.dto.js';
import { ImportDecidedResponse, ImportQuestionListResponse, ImportResponse } from './dto/import.response.js';
import { toImportResponse, toQuestionResponse } from './import.mapper.js';
import { ImportControl } from './import-control.service.js';
import { ImportQuestions } from './import-questions.service.js';
import { ImportsService } from './imports.service.js';

/** What can be done with an import whose file is here. */
@ApiTags('Imports')
@Controller('api/v1/imports/:id')
export class ImportActionsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly control: ImportControl,
    private readonly questions: ImportQuestions,
  ) {}

  @Post('start')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Begin to import in the background' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async start(@Param('id', IdPipe) id: number): Promise<ImportResponse> {
    return toImportResponse(await this.imports.start(id));
  }

  @Post('pause')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Stop after the rows that are being written; start goes on' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async pause(@Param('id', IdPipe) id: number): Promise<ImportResponse> {
    return toImportResponse(await this.control.pause(await this.imports.get(id)));
  }

  @Post('cancel')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'End an import; what is in stays, and can be undone' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async cancel(@Param('id', IdPipe) id: number): Promise<ImportResponse> {
    return toImportResponse(await this.control.cancel(await this.imports.get(id)));
  }

  @Post('undo')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Take an import back: delete its leads, reverse its changes' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async undo(@Param('id', IdPipe) id: number, @Body() dto: ImportUndoDto): Promise<ImportResponse> {
    return toImportResponse(await this.control.undo(await this.imports.get(id), dto.keep_touched ?? false));
  }

  @Post('release')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Give held leads to distribution' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async release(@Param('id', IdPipe) id: number): Promise<ImportResponse> {
    return toImportResponse(await this.control.release(await this.imports.get(id)));
  }

  @Get('questions')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Rows whose lead is there already and that wait for a decision' })
  @ApiOkResponse({ type: ImportQuestionListResponse })
  @ApiProblems(404)
  async list(
    @Param('id', IdPipe) id: number,
    @Query() { cursor, limit = DEFAULT_PAGE_SIZE }: PageQuery,
  ): Promise<ImportQuestionListResponse> {
    await this.imports.get(id);
    const questions = await this.questions.list(id, cursor ? parseId(cursor, 'cursor') : 0, limit);
    const last = questions.length === limit ? questions.at(-1) : undefined;
    return { questions: questions.map(toQuestionResponse), next_cursor: last ? String(last.id) : null };
  }

  @Post('questions')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Decide about rows that wait' })
  @ApiOkResponse({ type: ImportDecidedResponse })
  @ApiProblems(404)
  async decide(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Body() dto: ImportDecideDto,
  ): Promise<ImportDecidedResponse> {
    return { decided: await this.questions.decide(actor, await this.imports.get(id), dto) };
  }
}
