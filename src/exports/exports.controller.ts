import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../common/api-problems.js';
import { IdPipe } from '../common/id.pipe.js';
import { AnyRole, CurrentActor } from '../users/access.decorators.js';
import { Actor } from '../users/actor.js';
import { CreateExportDto, ExportListResponse, ExportResponse, ListExportsQuery } from './dto/export.dto.js';
import { ExportFormat } from './export.entity.js';
import { ExportsService } from './exports.service.js';

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  jsonl: 'application/jsonl',
};
const FILE = { schema: { type: 'string', format: 'binary' } };
const ApiExportId = () => ApiParam({ name: 'id', schema: { type: 'integer', minimum: 1 } });

/** Leads as files: each is one's own, and has the leads that one may see when it is written. */
@ApiTags('Exports')
@AnyRole()
@Controller('api/v1/exports')
export class ExportsController {
  constructor(private readonly service: ExportsService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ summary: 'Export leads to a file, in the background' })
  @ApiAcceptedResponse({ type: ExportResponse })
  @ApiProblems(409)
  create(@CurrentActor() actor: Actor, @Body() dto: CreateExportDto): Promise<ExportResponse> {
    return this.service.create(actor, dto);
  }

  @Get()
  @ApiOperation({ summary: 'The exports of the caller' })
  @ApiOkResponse({ type: ExportListResponse })
  list(@CurrentActor() actor: Actor, @Query() query: ListExportsQuery): Promise<ExportListResponse> {
    return this.service.list(actor, query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'How far an export is' })
  @ApiExportId()
  @ApiOkResponse({ type: ExportResponse })
  @ApiProblems(404)
  get(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<ExportResponse> {
    return this.service.get(actor, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop an export' })
  @ApiExportId()
  @ApiOkResponse({ type: ExportResponse })
  @ApiProblems(404, 409)
  cancel(@CurrentActor() actor: Actor, @Param('id', IdPipe) id: number): Promise<ExportResponse> {
    return this.service.cancel(actor, id);
  }

  @Get(':id/file')
  @ApiOperation({ summary: 'The file of an export that is done; each download is taken down' })
  @ApiExportId()
  @ApiOkResponse({
    content: { 'text/csv': FILE, [MEDIA_TYPES.xlsx]: FILE, [MEDIA_TYPES.jsonl]: FILE },
  })
  @ApiProblems(404, 409)
  async file(
    @CurrentActor() actor: Actor,
    @Param('id', IdPipe) id: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { stream, size, name, format } = await this.service.download(actor, id, request.ip);
    // Whoever waits for a large file waits for the network, not for its compression.
    request.headers['x-no-compression'] = 'true';
    void reply.header('Cache-Control', 'no-store');
    return new StreamableFile(stream, {
      type: MEDIA_TYPES[format],
      disposition: `attachment; filename="${name}"`,
      length: size,
    });
  }
}
