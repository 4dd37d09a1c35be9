import { ImportQuestionResponse, ImportResponse } from './dto/import.response.js';
import { Import } from './import.entity.js';
import { ImportQuestion } from './import-rows.entity.js';

/** Entity to wire. */
export function toImportResponse(entry: Import): ImportResponse {
  const { shape, options } = entry;
  return {
    id: entry.id,
    file_name: entry.fileName,
    origin: entry.origin,
    state: entry.state,
    error: entry.error,
    kind: entry.kind,
    size: entry.size === null ? null : Number(entry.size),
    received: Number(entry.received),
    file: shape && {
      container: shape.container,
      entry: shape.entry,
      format: shape.format,
      encoding: shape.encoding,
      delimiter: shape.delimiter,
      columns: shape.header,
    },
    mapping: entry.mapping,
    options,
    counts: {
      created: entry.created,
      updated: entry.updated,
      unchanged: entry.unchanged,
      refused: entry.refused,
      passed_over: entry.passedOver,
      asked: entry.asked,
      repaired: entry.repaired,
    },
    progress: progressOf(entry),
    is_released: entry.isReleased,
    undone_leads: entry.undoneLeads,
    kept_leads: entry.keptLeads,
    created_by: entry.createdById,
    created_at: entry.createdAt,
    started_at: entry.startedAt,
    finished_at: entry.finishedAt,
  };
}

function progressOf({ rowsDone, rowsTotal, busyMs, state }: Import): ImportResponse['progress'] {
  const rate = Number(busyMs) > 0 ? rowsDone / (Number(busyMs) / 1_000) : null;
  const left = rowsTotal === null || !rate ? null : Math.ceil((rowsTotal - rowsDone) / rate);
  return {
    rows_done: rowsDone,
    rows_total: rowsTotal,
    rows_per_second: rate === null ? null : Math.round(rate),
    seconds_left: state === 'running' || state === 'queued' || state === 'paused' ? left : null,
  };
}

export function toQuestionResponse({
  id,
  line,
  leadId,
  matchedBy,
  draft,
}: ImportQuestion): ImportQuestionResponse {
  const { repairs: _repairs, ...fields } = draft;
  const row = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
  return { id, line, lead_id: leadId, matched_by: matchedBy, row };
}
