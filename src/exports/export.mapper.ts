import { ExportResponse } from './dto/export.dto.js';
import { LeadExport } from './export.entity.js';

/** Entity to wire. */
export function toExportResponse(made: LeadExport, downloads: number): ExportResponse {
  return {
    id: made.id,
    format: made.format,
    state: made.state,
    filter: made.filter,
    columns: made.columns,
    sort: made.sort,
    rows_total: made.rowsTotal === null ? null : Number(made.rowsTotal),
    rows_done: Number(made.rowsDone),
    bytes: made.bytes === null ? null : Number(made.bytes),
    error: made.error,
    downloads,
    created_at: made.createdAt,
    started_at: made.startedAt,
    finished_at: made.finishedAt,
    expires_at: made.expiresAt,
  };
}
