import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { TransactionRunner } from '../database/transaction-runner.js';
import { Outbox } from '../outbox/outbox.js';
import { Actor } from '../users/actor.js';
import { GiveKudosDto, KudosResponse } from './dto/kudos.dto.js';
import { gamificationErrors } from './gamification.errors.js';
import { KudosRepository } from './kudos.repository.js';

export const KUDOS_A_DAY = 5;

/** Gives kudos, within the cap. */
@Injectable()
export class KudosService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly kudos: KudosRepository,
    private readonly outbox: Outbox,
    private readonly env: Env,
  ) {}

  /** @throws Problem 409 beyond the cap, 422 to oneself or to nobody */
  async give(actor: Actor, dto: GiveKudosDto): Promise<KudosResponse> {
    if (dto.to_user_id === actor.id) throw gamificationErrors.kudosToYourself();
    return this.transactions.run(async (tx) => {
      if (!(await this.kudos.isActiveUser(tx, dto.to_user_id))) throw gamificationErrors.kudosToNobody();
      const given = await this.kudos.givenToday(tx, actor.id, dto.to_user_id, this.env.COMPANY_TIME_ZONE);
      if (given.total >= KUDOS_A_DAY || given.same > 0) throw gamificationErrors.kudosCap(KUDOS_A_DAY);
      const kudos = await this.kudos.insert(tx, actor.id, dto.to_user_id, dto.message);
      const payload = { kudosId: kudos.id, toUserId: dto.to_user_id };
      await this.outbox.append(tx, { type: 'kudos.given', actorId: actor.id, payload });
      return kudos;
    });
  }
}
