import { DynamicModule, Module } from '@nestjs/common';
import { JOBS_DATABASE, Jobs } from './jobs.js';

/** Durable background work, for every module. */
@Module({})
export class JobsModule {
  static register(databaseUrl: string): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [Jobs, { provide: JOBS_DATABASE, useValue: databaseUrl }],
      exports: [Jobs],
    };
  }
}
