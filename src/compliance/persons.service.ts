import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.repository.js';
import { Problem } from '../common/problem.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { AuditAction } from '../enums/index.js';
import { leadErrors } from '../leads/lead.errors.js';
import { Actor } from '../users/actor.js';
import { userErrors } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { PersonalDataResponse } from './dto/persons.dto.js';
import { PersonsRepository } from './persons.repository.js';
import { TracesRepository } from './traces.repository.js';

/** Of a practice that is a company its owner is a person; of one person's practice everything tells of them. */
const OWNER_COLUMNS = ['owner_name', 'owner_phone'];
const SOLE_OWNER_COLUMNS = [
  ...OWNER_COLUMNS,
  'practice_name',
  'practice_phone',
  'address',
  'zip_code',
  'ein',
  'npi',
];

/** Tables that tell of leads, not of those who work with them. */
const OF_LEADS_ALONE = /^(leads|lead_(?!stages)\w+|import_\w+)$/;
/** Tables that tell of those who work with leads, and whose people may be called like an owner. */
const OF_USERS_ALONE =
  /^(users|sessions|refresh_tokens|api_keys|second_factors|provider_accounts|recovery_codes|user_\w+|point_\w+|contest\w*|kudos|distribution_\w+)$/;

/** What a person may ask of whoever keeps their data: a copy, and its erasure. */
@Injectable()
export class PersonsService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly persons: PersonsRepository,
    private readonly traces: TracesRepository,
    private readonly users: UsersRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws Problem 404 */
  exportUser(actor: Actor, id: number): Promise<PersonalDataResponse> {
    return this.transactions.run(async (tx) => {
      const tables = await this.persons.exportUser(tx, id);
      if (tables['users']?.length === 0) throw userErrors.notFound(id);
      const subject = { type: 'user', id };
      await this.audit.record(tx, { action: AuditAction.PERSON_EXPORTED, actor, subject });
      return { exported_at: new Date(), tables };
    });
  }

  /** @throws Problem 404 */
  exportLead(actor: Actor, id: number): Promise<PersonalDataResponse> {
    return this.transactions.run(async (tx) => {
      const tables = await this.persons.exportLead(tx, id);
      if (tables['leads']?.length === 0) throw leadErrors.notFound(id);
      const subject = { type: 'lead', id };
      await this.audit.record(tx, { action: AuditAction.PERSON_EXPORTED, actor, subject });
      return { exported_at: new Date(), tables };
    });
  }

  /** Their work stays, under a name that is nobody's. @throws Problem 404, 409 while they can still sign in */
  async eraseUser(actor: Actor, id: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      const user = await this.users.lockById(tx, id);
      if (!user) throw userErrors.notFound(id);
      if (user.isActive) throw stillActive();
      const { fullName, email, username, phone } = user;
      await this.persons.eraseUser(tx, id);
      const texts = [fullName, email, ...formsOf(phone)];
      await this.traces.blotOut(tx, { texts, username }, (table) => !OF_LEADS_ALONE.test(table), null);
      const subject = { type: 'user', id };
      await this.audit.record(tx, { action: AuditAction.PERSON_ERASED, actor, subject });
    });
  }

  /** The owner of a practice; where one person is the practice, all that tells who. @throws Problem 404 */
  async eraseLeadOwner(actor: Actor, id: number): Promise<void> {
    await this.transactions.run(async (tx) => {
      const ids = await this.persons.familyOf(tx, id);
      const lead = await this.persons.findLead(tx, id);
      if (!lead) throw leadErrors.notFound(id);
      const isOnePerson = lead.entityType === 'Individual' || lead.isSoleProprietor === true;
      const columns = isOnePerson ? SOLE_OWNER_COLUMNS : OWNER_COLUMNS;
      // A zip code is not theirs alone: it stays where others' data is.
      const telling = columns.filter((column) => column !== 'zip_code');
      const values = await this.persons.valuesOf(tx, ids, telling);
      await this.persons.eraseLeads(tx, ids, columns);
      const texts = values.flatMap((value) => [value, ...formsOf(value)]);
      await this.traces.blotOut(tx, { texts }, (table) => !OF_USERS_ALONE.test(table), ids);
      const subject = { type: 'lead', id };
      const details = { fields: columns, lead_ids: ids };
      await this.audit.record(tx, { action: AuditAction.PERSON_ERASED, actor, subject, details });
    });
  }
}

/** A phone number as it may be written elsewhere: `(555) 123-4567`, `5551234567`, `555-123-4567`. */
function formsOf(text: string | null): string[] {
  const digits = text?.replace(/\D/g, '') ?? '';
  if (!text || digits.length !== 10 || /[A-Za-z]/.test(text)) return [];
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  return [digits, `(${area}) ${exchange}-${line}`, `${area}-${exchange}-${line}`];
}

const stillActive = () =>
  new Problem(409, 'still-active', 'This user can still sign in; deactivate them first.');
