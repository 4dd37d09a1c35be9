import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, Observable } from 'rxjs';
import { parseId } from '../common/id.pipe.js';
import { Problem } from '../common/problem.js';
import { isLeadField, LEAD_FIELD_PROPERTIES } from './dto/lead-fields.dto.js';
import { LeadsRepository } from './leads.repository.js';

type Request = FastifyRequest & { params: { id: string }; body: Record<string, unknown> };

/**
 * Lets a value pass that came back as it is stored. Leads from older sources hold values that nobody could enter today,
 * and the first version's client sends every field with every edit: without this, one such value would block all edits.
 */
@Injectable()
export class StoredValuesInterceptor implements NestInterceptor {
  constructor(private readonly leads: LeadsRepository) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    return next
      .handle()
      .pipe(
        catchError((error: unknown) =>
          from(this.leaveOutUnchanged(request, error)).pipe(mergeMap(() => next.handle())),
        ),
      );
  }

  /** Pipes run behind interceptors: the body is still what the client sent. */
  private async leaveOutUnchanged(request: Request, error: unknown): Promise<void> {
    const refused = error instanceof Problem && error.status === 422 ? (error.errors ?? []) : [];
    const fields = refused.map(({ field }) => field).filter(isLeadField);
    if (fields.length === 0) throw error;

    const stored = await this.leads.findById(parseId(request.params.id));
    const unchanged = fields.filter(
      (field) => stored && request.body[field] === stored[LEAD_FIELD_PROPERTIES[field]],
    );
    if (unchanged.length === 0) throw error;
    for (const field of unchanged) delete request.body[field];
  }
}
