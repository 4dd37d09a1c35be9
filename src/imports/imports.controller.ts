import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Get,
  Header,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe, parseId } from '../common/id.pipe.js';
import { DEFAULT_PAGE_SIZE, PageQuery } from '../common/page.query.js';
import { UserRole } from '../enums/index.js';
import { CurrentActor, Roles } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { pieceOf } from './content-range.js';
import { ChangeImportDto, CreateImportDto, ImportPreviewDto } from './dto/import.dto.js';
import {
  ImportFolderFileResponse,
  ImportListResponse,
  ImportPreviewResponse,
  ImportResponse,
  ImportUploadResponse,
} from './dto/import.response.js';
import { FileStore } from './file-store.js';
import { importErrors } from './import.errors.js';
import { toImportResponse } from './import.mapper.js';
import { ImportPreview } from './import-preview.service.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { RefusedRows } from './refused-rows.js';

/** Files of leads, from the upload to the file of what was refused. Whoever imports sees all imports. */
@ApiTags('Imports')
@Controller('api/v1/imports')
@Roles(UserRole.MANAGER, UserRole.ADMIN)
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly store: ImportsRepository,
    private readonly files: FileStore,
    private readonly previews: ImportPreview,
    private readonly refused: RefusedRows,
  ) {}

  @Get()
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Imports, the latest first' })
  @ApiOkResponse({ type: ImportListResponse })
  async list(@Query() { cursor, limit = DEFAULT_PAGE_SIZE }: PageQuery): Promise<ImportListResponse> {
    const page = await this.store.page(cursor ? parseId(cursor, 'cursor') : null, limit);
    const last = page.length === limit ? page.at(-1) : undefined;
    return { imports: page.map(toImportResponse), next_cursor: last ? String(last.id) : null };
  }

  @Get('folder')
  @Roles(UserRole.ADMIN)
  @ApiOperation({ summary: "Files in the server's folder of imports" })
  @ApiOkResponse({ type: [ImportFolderFileResponse] })
  folder(): Promise<ImportFolderFileResponse[]> {
    return this.files.folder();
  }

  @Post()
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Begin an import: an upload that follows, or a file on the server' })
  @ApiCreatedResponse({ type: ImportResponse })
  async create(
    @CurrentActor() actor: Actor,
    @Body() dto: CreateImportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResponse> {
    const entry = await this.imports.create(actor, dto);
    void reply.header('Location', `/api/v1/imports/${entry.id}`);
    return toImportResponse(entry);
  }

  @Get(':id')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'An import, with its progress' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404)
  async get(@Param('id', IdPipe) id: number): Promise<ImportResponse> {
    return toImportResponse(await this.imports.get(id));
  }

  @Patch(':id')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Settle columns and options before the start' })
  @ApiOkResponse({ type: ImportResponse })
  @ApiProblems(404, 409)
  async change(@Param('id', IdPipe) id: number, @Body() dto: ChangeImportDto): Promise<ImportResponse> {
    return toImportResponse(await this.imports.change(id, dto));
  }

  @Get(':id/file')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'How far an upload has come; HEAD says it in Upload-Offset' })
  @ApiOkResponse({
    type: ImportUploadResponse,
    headers: { 'Upload-Offset': { schema: { type: 'integer' } } },
  })
  @ApiProblems(404)
  async offset(
    @Param('id', IdPipe) id: number,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportUploadResponse> {
    const { received, size, state } = toImportResponse(await this.imports.get(id));
    void reply.header('Upload-Offset', String(received));
    return { received, size, state };
  }

  @Put(':id/file')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'Upload the file, at once or piece by piece' })
  @ApiHeader({ name: 'Content-Range', required: false, description: 'Of a piece: bytes 0-1048575/5000000.' })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: ImportUploadResponse })
  @ApiProblems(404, 409, 507)
  async upload(
    @Param('id', IdPipe) id: number,
    @Headers('content-range') range: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<ImportUploadResponse> {
    const { body } = request;
    if (!(body instanceof Readable)) throw importErrors.bodyMissing();
    const piece = pieceOf(range, request.headers['content-length']);
    const { received, size, state } = toImportResponse(await this.imports.receive(id, piece, body));
    return { received, size, state };
  }

  @Post(':id/preview')
  @HttpCode(200)
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @ApiOperation({ summary: 'What would become of the first rows; writes nothing' })
  @ApiOkResponse({ type: ImportPreviewResponse })
  @ApiProblems(404, 409)
  async preview(
    @Param('id', IdPipe) id: number,
    @Body() dto: ImportPreviewDto,
  ): Promise<ImportPreviewResponse> {
    return this.previews.preview(await this.imports.get(id), dto.rows ?? 20);
  }

  @Get(':id/refused')
  @Roles(UserRole.MANAGER, UserRole.ADMIN)
  @Header('Content-Type', 'text/csv; charset=utf-8')
  @ApiOperation({ summary: 'Refused rows with their lines and reasons, to be corrected and imported again' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems(404)
  async refusedRows(@Param('id', IdPipe) id: number): Promise<StreamableFile> {
    const entry = await this.imports.get(id);
    const name = entry.fileName.replace(/\.\w+$/, '').replace(/[^\w.-]+/g, '_');
    return new StreamableFile(Readable.from(this.refused.csv(entry)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}-refused.csv"`,
    });
  }
}
