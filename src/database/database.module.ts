import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConnectionSettings, dataSourceOptions } from './data-source-options.js';
import { TransactionRunner } from './transaction-runner.js';

/** The connection pool and the transaction runner, for every module. */
@Module({})
export class DatabaseModule {
  static register(settings: ConnectionSettings): DynamicModule {
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
      providers: [TransactionRunner],
      exports: [TransactionRunner],
    };
  }
}
