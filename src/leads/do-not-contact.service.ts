import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, invalidCursor } from '../common/cursor.js';
import { DEFAULT_PAGE_SIZE } from '../common/page.query.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { ClosedPhonePlace, ClosedPhonesRepository } from './closed-phones.repository.js';
import {
  ClosedPhone,
  ClosedPhonesQuery,
  ClosedPhonesResponse,
  ClosePhoneDto,
} from './dto/do-not-contact.dto.js';
import { normalizeUsPhone } from './fields/phone.js';
import { leadErrors } from './lead.errors.js';

/** Phone numbers that nobody may call, whichever lead they belong to. Leads with one are never given out or exported. */
@Injectable()
export class DoNotContactService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly phones: ClosedPhonesRepository,
    private readonly outbox: Outbox,
  ) {}

  async list({
    limit = DEFAULT_PAGE_SIZE,
    cursor,
    skip,
    q,
  }: ClosedPhonesQuery): Promise<ClosedPhonesResponse> {
    const digits = (q ?? '').replace(/\D/g, '');
    const rows = await this.phones.page(limit + 1, cursor ? readPlace(cursor) : undefined, digits, skip ?? 0);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      phones: rows.slice(0, limit).map(({ place: _, ...phone }) => phone),
      next_cursor: last ? encodeCursor({ at: last.place, phone: last.phone }) : null,
    };
  }

  /** @throws Problem 409 closed already */
  close(actor: Actor, { phone, reason }: ClosePhoneDto): Promise<ClosedPhone> {
    return this.transactions.run(async (tx) => {
      if (!(await this.phones.close(tx, phone, reason ?? null, actor.id)))
        throw leadErrors.phoneIsClosed(phone);
      await this.outbox.append(tx, {
        type: 'do_not_contact.phone_closed',
        actorId: actor.id,
        payload: { phone, reason: reason ?? null },
      });
      const { place: _, ...made } = (await this.phones.find(tx, phone)) as ClosedPhone & { place?: string };
      return made;
    });
  }

  /** @throws Problem 404 not closed */
  open(actor: Actor, given: string): Promise<void> {
    const phone = normalizeUsPhone(given) ?? given;
    return this.transactions.run(async (tx) => {
      if (!(await this.phones.open(tx, phone))) throw leadErrors.phoneNotClosed(phone);
      await this.outbox.append(tx, {
        type: 'do_not_contact.phone_opened',
        actorId: actor.id,
        payload: { phone },
      });
    });
  }
}

function readPlace(cursor: string): ClosedPhonePlace {
  const { at, phone } = decodeCursor(cursor);
  const isTime = typeof at === 'string' && /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/.test(at);
  if (!isTime || typeof phone !== 'string' || phone.includes('\0')) throw invalidCursor();
  return { at, phone };
}
