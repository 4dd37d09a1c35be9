import {
  applyDecorators,
  CallHandler,
  ExecutionContext,
  Injectable,
  NestInterceptor,
  SetMetadata,
  Type,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, Observable } from 'rxjs';
import { csvLine } from '../common/csv.js';

/** Which part of a report its CSV file has. */
interface CsvTable {
  /** Field with the rows; null when the answer is the rows itself. */
  rows: string | null;
  /** Their class: its fields are the columns. */
  row: Type<object>;
}

type Row = Record<string, unknown>;
const CSV_TABLE = 'csv table';
const HEAD = ['from', 'to', 'time_zone', 'as_of'] as const;

/** Answers a report as CSV when the caller asks for it: its rows, then those of the days that it is compared with. */
@Injectable()
export class CsvTableInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const table = this.reflector.get<CsvTable>(CSV_TABLE, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (!wantsCsv(request)) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((report: Row) => {
        const name = request.routeOptions.url?.split('/analytics/').at(-1)?.split('/')[0] ?? 'report';
        const days = table.rows === null ? '' : `_${String(report['from'])}_${String(report['to'])}`;
        void reply
          .type('text/csv; charset=utf-8')
          .header('Content-Disposition', `attachment; filename="${name}${days}.csv"`);
        return fileOf(report, table);
      }),
    );
  }
}

function wantsCsv(request: FastifyRequest): boolean {
  const { format } = request.query as { format?: unknown };
  return format === undefined ? /\btext\/csv\b/.test(request.headers.accept ?? '') : format === 'csv';
}

function fileOf(report: Row, { rows, row }: CsvTable): string {
  const columns = columnsOf(row);
  const line = (of: Row, head: unknown[]) => [...head, ...columns.map((column) => shownAs(of, column))];
  if (rows === null) {
    const all = report as unknown as Row[];
    return [columns, ...all.map((of) => line(of, []))].map(csvLine).join('');
  }
  const head = (from: unknown, to: unknown) => [from, to, report['time_zone'], report['as_of']];
  const previous = (report['previous'] as Row | undefined)?.[rows] ?? report[`previous_${rows}`];
  return [
    [...HEAD, ...columns],
    ...asRows(report[rows]).map((of) => line(of, head(report['from'], report['to']))),
    ...asRows(rows === 'totals' ? report['previous'] : previous).map((of) =>
      line(of, head(report['previous_from'], report['previous_to'])),
    ),
  ]
    .map(csvLine)
    .join('');
}

const asRows = (value: unknown): Row[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as Row[]) : [value as Row];

/** A count by kind is one column, as `call=3; email=2`. */
function shownAs(row: Row, column: string): unknown {
  const value = row[column];
  if (typeof value !== 'object' || value === null || value instanceof Date || Array.isArray(value))
    return value;
  return Object.entries(value)
    .map(([kind, count]) => `${kind}=${String(count)}`)
    .join('; ');
}

/** Fields of a DTO and of those it extends, in their order. */
function columnsOf(row: Type<object>): string[] {
  const fields = Reflect.getMetadata('swagger/apiModelPropertiesArray', row.prototype as object) as string[];
  return fields.map((field) => field.replace(/^:/, ''));
}

/** A route that answers with a report, as JSON or as the CSV file of its rows. */
export function Report(
  answer: Type<object> | [Type<object>],
  rows: string | null,
  row: Type<object>,
): MethodDecorator {
  const model = Array.isArray(answer) ? answer[0] : answer;
  const schema = { $ref: getSchemaPath(model) };
  const content = {
    'application/json': { schema: Array.isArray(answer) ? { type: 'array', items: schema } : schema },
    'text/csv': { schema: { type: 'string' } },
  };
  return applyDecorators(
    SetMetadata(CSV_TABLE, { rows, row } satisfies CsvTable),
    UseInterceptors(CsvTableInterceptor),
    ApiExtraModels(model),
    ApiOkResponse({ content }),
  );
}
