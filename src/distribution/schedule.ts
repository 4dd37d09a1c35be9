import { Injectable, Logger } from '@nestjs/common';
import { Env } from '../config/env.js';
import { RunKind } from '../enums/index.js';
import { Jobs } from '../jobs/jobs.js';
import { DistributionService } from './distribution.service.js';
import { FirstContactWatch } from './first-contact-watch.js';
import { openingsBetween } from './plan/openings.js';
import { PoliciesService } from './policies.service.js';
import { PoolStateRepository } from './pool-state.repository.js';

/** An opening is seen even when the clock's job comes late. */
const LOOK_BACK_MS = 150_000;

/**
 * The clock of the distribution: a run with a recycle check every 30 minutes; every minute policies that are due are put into force,
 * warnings given, and leads given out where somebody has come to work or a call window has opened. Seven dependencies: each kind of
 * work has its own.
 */
@Injectable()
export class Schedule {
  private readonly logger = new Logger('Schedule');

  constructor(
    private readonly distribution: DistributionService,
    private readonly policies: PoliciesService,
    private readonly firstContacts: FirstContactWatch,
    private readonly pool: PoolStateRepository,
    env: Env,
    jobs: Jobs,
  ) {
    if (!env.AUTO_DISTRIBUTION) return;
    const alone = { isSingle: true, expiresAfter: 25 * 60, retries: 0 };
    jobs.register({ ...alone, name: 'distribution-run', cron: '*/30 * * * *', handle: () => this.run() });
    jobs.register({ ...alone, name: 'policy-activations', cron: '* * * * *', handle: () => this.activate() });
    jobs.register({ ...alone, name: 'first-contact-warnings', cron: '* * * * *', handle: () => this.warn() });
    jobs.register({ ...alone, name: 'distribution-openings', cron: '* * * * *', handle: () => this.open() });
  }

  private async run(): Promise<void> {
    await this.distribution.run({ kind: RunKind.SCHEDULE, actorId: null, isRecycling: true });
  }

  private async activate(): Promise<void> {
    const activated = await this.policies.activateDue(new Date());
    if (activated > 0) this.logger.log(`${activated} scheduled policy version(s) came into force`);
  }

  private async warn(): Promise<void> {
    await this.firstContacts.warn(new Date());
  }

  private async open(): Promise<void> {
    const { state } = await this.pool.read(undefined, { limit: 0, isLocking: false });
    const now = new Date();
    const opened = openingsBetween(state, new Date(now.getTime() - LOOK_BACK_MS), now);
    if (opened.isWindowOpen) await this.distribution.run({ kind: RunKind.AVAILABLE, actorId: null });
    else for (const { id } of opened.agents) await this.distribution.topUp(id);
  }
}
