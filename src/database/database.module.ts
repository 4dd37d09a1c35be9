import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ConnectionSettings, dataSourceOptions } from './data-source-options.js';
import { Replica } from './replica.js';
import { ReplicaReads } from './replica-reads.js';
import { TransactionRunner } from './transaction-runner.js';

/**
 * URL of PostgreSQL itself, past any pooler: for what holds on to its connection, as a lock that its holder's death lets go.
 */
export const DIRECT_DATABASE = Symbol('direct database');

/** The connection pools and the transaction runner, for every module. */
@Module({})
export class DatabaseModule {
  /**
   * @param directUrl when the settings' is a pooler's
   * @param replicaUrl of a streaming replica, or a pooler's before it
   */
  static register(
    settings: ConnectionSettings,
    directUrl = settings.url,
    replicaUrl?: string,
  ): DynamicModule {
    const replicaSettings = replicaUrl && { ...settings, url: replicaUrl, applicationName: 'rota-reads' };
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
      providers: [
        TransactionRunner,
        { provide: DIRECT_DATABASE, useValue: directUrl },
        {
          provide: ReplicaReads,
          inject: [DataSource],
          useFactory: (primary: DataSource) =>
            new ReplicaReads(primary, replicaSettings ? new Replica(replicaSettings) : undefined),
        },
      ],
      exports: [TransactionRunner, DIRECT_DATABASE, ReplicaReads],
    };
  }
}
