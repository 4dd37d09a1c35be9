import { Module } from '@nestjs/common';
import { RollupRepository } from './rollup.repository.js';

/** The rollup, without anybody who reads it or writes it by facts. */
@Module({ providers: [RollupRepository], exports: [RollupRepository] })
export class RollupModule {}
