import { Injectable } from '@nestjs/common';
import { Actor } from '../users/actor.js';
import { ImportTemplateDto } from './dto/import.dto.js';
import { ImportTemplateResponse } from './dto/import.response.js';
import { Import } from './import.entity.js';
import { importErrors } from './import.errors.js';
import { ImportTemplatesRepository } from './import-templates.repository.js';
import { ImportsService } from './imports.service.js';

/** Keeps what was settled for one file, by the names of its columns, for the next of the same make. */
@Injectable()
export class ImportTemplates {
  constructor(
    private readonly templates: ImportTemplatesRepository,
    private readonly imports: ImportsService,
  ) {}

  list(): Promise<ImportTemplateResponse[]> {
    return this.templates.list();
  }

  /** @throws Problem 409 when the name is taken */
  async create(actor: Actor, { name, import_id }: ImportTemplateDto): Promise<ImportTemplateResponse> {
    const { shape, mapping, options } = await this.imports.get(import_id);
    const columns = Object.fromEntries(
      (shape?.header ?? []).flatMap((column, at) => (mapping?.[at] ? [[column, mapping[at]]] : [])),
    );
    const made = await this.templates.insert({ name: name.trim(), columns, options, createdById: actor.id });
    if (!made) throw importErrors.templateNameTaken(name.trim());
    return made;
  }

  async remove(id: number): Promise<void> {
    if (!(await this.templates.delete(id))) throw importErrors.templateNotFound(id);
  }

  /** Columns that the template does not name fill nothing. */
  async apply(id: number, templateId: number): Promise<Import> {
    const [entry, template] = await Promise.all([this.imports.get(id), this.templates.find(templateId)]);
    if (!template) throw importErrors.templateNotFound(templateId);
    const byName = new Map(
      Object.entries(template.columns).map(([name, field]) => [name.toLowerCase(), field]),
    );
    const mapping = entry.shape?.header.map((name) => byName.get(name.toLowerCase()) ?? null);
    return this.imports.change(id, {
      ...(entry.kind === 'leads' && mapping ? { mapping } : {}),
      options: template.options,
    });
  }
}
