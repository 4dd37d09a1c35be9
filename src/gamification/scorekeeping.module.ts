import { Module } from '@nestjs/common';
import { BadgesRepository } from './badges.repository.js';
import { FiguresRepository } from './figures.repository.js';
import { PointLedgerRepository } from './point-ledger.repository.js';
import { Scorekeeper } from './scorekeeper.js';

/** The books: ledger, figures and badges, without anybody who reads them or writes them by facts. */
@Module({
  providers: [BadgesRepository, FiguresRepository, PointLedgerRepository, Scorekeeper],
  exports: [BadgesRepository, PointLedgerRepository, Scorekeeper],
})
export class ScorekeepingModule {}
