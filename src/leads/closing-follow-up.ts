import { Injectable, Logger } from '@nestjs/common';

/** What an agent got because a lead of theirs was closed. */
export interface ClosingOutcome {
  isToppedUp: boolean;
  /** As `GET /api/v1/distribution/stats` answers the agent; undefined when nothing follows. */
  agentStats?: Record<string, number>;
}

/**
 * The place where distribution, which leads do not know, joins in when a lead is closed, before the answer is given.
 * A failure costs only the haste: the fact of the closing is in the outbox.
 */
@Injectable()
export class ClosingFollowUp {
  private readonly logger = new Logger('Leads');
  private follow: ((agentId: number) => Promise<ClosingOutcome>) | undefined;

  register(follow: (agentId: number) => Promise<ClosingOutcome>): void {
    this.follow = follow;
  }

  async after(agentId: number): Promise<ClosingOutcome> {
    try {
      return (await this.follow?.(agentId)) ?? { isToppedUp: false };
    } catch (error) {
      this.logger.warn({ err: error, agent_id: agentId }, 'An agent could not be topped up at once');
      return { isToppedUp: false };
    }
  }
}
