// Another instance that runs the distribution three times: run-distribution.ts DATABASE_URL
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigModule } from '../../src/config/config.module.js';
import { readEnv } from '../../src/config/env.js';
import { DatabaseModule } from '../../src/database/database.module.js';
import { DistributionModule } from '../../src/distribution/distribution.module.js';
import { DistributionService } from '../../src/distribution/distribution.service.js';
import { RunKind } from '../../src/enums/index.js';
import { JobsModule } from '../../src/jobs/jobs.module.js';
import { OutboxModule } from '../../src/outbox/outbox.module.js';

const [url = ''] = process.argv.slice(2);

@Module({
  imports: [
    ConfigModule.register(
      readEnv({ NODE_ENV: 'test', AUTO_DISTRIBUTION: 'false', BACKGROUND_JOBS: 'false' }),
    ),
    DatabaseModule.register({
      url,
      poolSize: 4,
      statementTimeoutMs: 15_000,
      applicationName: 'rota-runs',
    }),
    OutboxModule,
    JobsModule.register(url),
    DistributionModule,
  ],
})
class Instance {}

async function live(): Promise<void> {
  const app = await NestFactory.createApplicationContext(Instance, { logger: false });
  const distribution = app.get(DistributionService);
  for (let run = 0; run < 3; run++) await distribution.run({ kind: RunKind.SCHEDULE, actorId: null });
  await app.close();
}

live().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
