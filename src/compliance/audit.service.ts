import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { validationProblem } from '../common/problem.js';
import { AuditPages } from './audit-pages.repository.js';
import { AuditListResponse, AuditQuery } from './dto/audit.dto.js';

/** Reads the audit trail. */
@Injectable()
export class AuditService {
  constructor(private readonly pages: AuditPages) {}

  /** @throws Problem 422 a subject's id without its type, or a cursor that is none */
  async list(query: AuditQuery): Promise<AuditListResponse> {
    if (query.subject_id !== undefined && query.subject_type === undefined) throw subjectTypeMissing();
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const before = query.cursor === undefined ? null : readCursor(query.cursor);
    const rows = await this.pages.page(query, before, limit + 1);
    const entries = rows.slice(0, limit);
    const last = entries.at(-1);
    return { entries, next_cursor: rows.length > limit && last ? encodeCursor({ before: last.id }) : null };
  }
}

function readCursor(cursor: string): number {
  const { before } = decodeCursor(cursor);
  if (!Number.isSafeInteger(before)) throw invalidCursor();
  return Number(before);
}

const subjectTypeMissing = () =>
  validationProblem([{ field: 'subject_type', code: 'required', message: 'must be sent with subject_id' }]);
