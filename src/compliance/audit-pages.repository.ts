import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditEntryResponse, AuditQuery } from './dto/audit.dto.js';

const PAGE = `
  SELECT e.id::float8 AS id, e.occurred_at, e.action, e.actor_id, a.full_name AS actor_name, e.session_id,
         e.subject_type, e.subject_id::float8 AS subject_id, u.full_name AS subject_name, e.details,
         o.ip_address, o.user_agent, o.request_id, s.position::float8 AS position
    FROM audit_entries e
    LEFT JOIN audit_origins o ON o.entry_id = e.id
    LEFT JOIN audit_seals s ON s.entry_id = e.id
    LEFT JOIN users a ON a.id = e.actor_id
    LEFT JOIN users u ON e.subject_type = 'user' AND u.id = e.subject_id`;

/** Pages of the audit trail, newest first. */
@Injectable()
export class AuditPages {
  constructor(private readonly dataSource: DataSource) {}

  /** Only the conditions that are asked for, so that each finds its index. */
  page(query: AuditQuery, before: number | null, limit: number): Promise<AuditEntryResponse[]> {
    const parameters: unknown[] = [limit];
    const conditions = (
      [
        ['e.id <', before],
        ['e.action =', query.action],
        ['e.actor_id =', query.actor_id],
        ['e.subject_type =', query.subject_type],
        ['e.subject_id =', query.subject_id],
        ['e.occurred_at >=', query.from],
        ['e.occurred_at <', query.to],
      ] as const
    ).flatMap(([condition, value]) =>
      value === undefined || value === null ? [] : [`${condition} $${parameters.push(value)}`],
    );
    const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
    return this.dataSource.query(`${PAGE} ${where} ORDER BY e.id DESC LIMIT $1`, parameters);
  }
}
