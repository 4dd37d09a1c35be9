import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction-runner.js';
import { CurrentRuleDto, PointRuleDto } from './dto/rules.dto.js';
import { POINT_RULE_LABELS, POINT_RULES } from './point-rules.js';

/** What work is worth, by version. */
@Injectable()
export class RulesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async current(tx?: Transaction): Promise<CurrentRuleDto[]> {
    const rows = await (tx ?? this.dataSource).query<Omit<CurrentRuleDto, 'label'>[]>(
      `SELECT DISTINCT ON (rule) rule, points, daily_cap, repeat_minutes, version, effective_from FROM point_rules
        WHERE effective_from <= clock_timestamp() ORDER BY rule, effective_from DESC, version DESC`,
    );
    return rows
      .map((row) => ({ ...row, label: POINT_RULE_LABELS[row.rule] }))
      .sort((a, b) => POINT_RULES.indexOf(a.rule) - POINT_RULES.indexOf(b.rule));
  }

  /** A new version that counts for work done from now on. What was done before keeps its points. */
  async add(tx: Transaction, rules: PointRuleDto[]): Promise<void> {
    await tx.query(
      `INSERT INTO point_rules (version, rule, points, daily_cap, repeat_minutes, effective_from)
       SELECT (SELECT max(version) + 1 FROM point_rules), rule, points, daily_cap, repeat_minutes, clock_timestamp()
         FROM jsonb_to_recordset($1::jsonb) AS r (rule text, points int, daily_cap int, repeat_minutes int)`,
      [JSON.stringify(rules)],
    );
  }
}
