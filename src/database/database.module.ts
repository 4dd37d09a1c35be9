import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionSettings, dataSourceOptions } from './data-source-options.js';
import { TransactionRunner } from './transaction-runner.js';

/**
 * URL of PostgreSQL itself, past any pooler: for what holds on to its connection, as a lock that its holder's death lets go.
 */
export const DIRECT_DATABASE = Symbol('direct database');

/** The connection pool and the transaction runner, for every module. */
@Module({})
export class DatabaseModule {
  /** @param directUrl when the settings' is a pooler's */
  static register(settings: ConnectionSettings, directUrl = settings.url): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions(settings),
          autoLoadEntities: true,
          retryAttempts: 3,
          retryDelay: 500,
        }),
      ],
      providers: [TransactionRunner, { provide: DIRECT_DATABASE, useValue: directUrl }],
      exports: [TransactionRunner, DIRECT_DATABASE],
    };
  }
}
