import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ImportTemplate } from './import-rows.entity.js';

type Template = Pick<ImportTemplate, 'id' | 'name' | 'columns' | 'options'>;
const COLUMNS = 'id, name, columns, options';

/** Templates of imports. */
@Injectable()
export class ImportTemplatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  list(): Promise<Template[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM import_templates ORDER BY lower(name) LIMIT 200`);
  }

  async find(id: number): Promise<Template | undefined> {
    const [row] = await this.dataSource.query<Template[]>(
      `SELECT ${COLUMNS} FROM import_templates WHERE id = $1`,
      [id],
    );
    return row;
  }

  /** @returns undefined when the name is taken */
  async insert(template: Omit<Template, 'id'> & { createdById: number }): Promise<Template | undefined> {
    const [row] = await this.dataSource.query<Template[]>(
      `INSERT INTO import_templates (name, columns, options, created_by_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (lower(name)) DO NOTHING RETURNING ${COLUMNS}`,
      [
        template.name,
        JSON.stringify(template.columns),
        JSON.stringify(template.options),
        template.createdById,
      ],
    );
    return row;
  }

  async delete(id: number): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      'DELETE FROM import_templates WHERE id = $1',
      [id],
    );
    return count === 1;
  }
}
