import { DynamicModule, Module } from '@nestjs/common';
import { Env } from './env.js';

/** Gives every module the settings that were read once at start. */
@Module({})
export class ConfigModule {
  static register(env: Env): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: Env, useValue: env }],
      exports: [Env],
    };
  }
}
