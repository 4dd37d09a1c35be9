import { Injectable } from '@nestjs/common';
import { maySee } from '../leads/lead.policy.js';
import { Connection } from './connection.js';
import { PresenceMode, Viewer } from './event-catalogue.js';
import { PresenceChannel } from './presence-channel.repository.js';
import { RemotePresence } from './remote-presence.js';
import { LeadSnapshot, SnapshotsRepository } from './snapshots.repository.js';

/** Leads that one socket may have open. */
const LEADS_AT_ONCE = 20;
/** Viewers of a lead here that are told of: a notification of PostgreSQL holds 8,000 bytes. */
const TOLD_AT_MOST = 40;
/** Others forget an instance that has said nothing for three times as long. */
const REPEAT_MS = 15_000;

/** Who has which lead open, and who is editing it: a hint for people, never a lock. */
@Injectable()
export class Presence {
  private readonly byLead = new Map<number, Map<Connection, PresenceMode>>();
  private readonly remote = new RemotePresence(REPEAT_MS * 3);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly snapshots: SnapshotsRepository,
    private readonly channel: PresenceChannel,
  ) {}

  async start(): Promise<void> {
    await this.channel.open((message) => {
      if (message.lead_id === null) return this.repeat();
      this.remote.hear(message);
      this.tell(message.lead_id);
    });
    this.timer = setInterval(() => {
      this.repeat();
      for (const leadId of this.remote.forgetSilent()) this.tell(leadId);
    }, REPEAT_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.channel.publish([...this.byLead.keys()].map((lead_id) => ({ lead_id, viewers: [] })));
    await this.channel.close();
  }

  /** @returns everybody who has the lead open; undefined when the lead is not theirs to see, or not there */
  async open(connection: Connection, leadId: number, mode: PresenceMode): Promise<Viewer[] | undefined> {
    const snapshot = (await this.snapshots.leads([leadId])).get(leadId);
    if (!snapshot || !mayBeOn(connection, snapshot) || connection.isOver) return undefined;
    if (!this.isOn(connection, leadId) && this.leadsOf(connection).length >= LEADS_AT_ONCE) return undefined;
    const there = this.byLead.get(leadId) ?? new Map<Connection, PresenceMode>();
    this.byLead.set(leadId, there.set(connection, mode));
    this.changed(leadId);
    return this.viewersOf(leadId);
  }

  leave(connection: Connection, leadId: number): void {
    const there = this.byLead.get(leadId);
    if (!there?.delete(connection)) return;
    if (there.size === 0) this.byLead.delete(leadId);
    this.changed(leadId);
  }

  leaveAll(connection: Connection): void {
    for (const leadId of this.leadsOf(connection)) this.leave(connection, leadId);
  }

  /** Takes those off a lead who may no longer see it. */
  recheck(leadId: number, snapshot: LeadSnapshot | undefined): void {
    for (const connection of [...(this.byLead.get(leadId)?.keys() ?? [])]) {
      if (!snapshot || !mayBeOn(connection, snapshot)) this.leave(connection, leadId);
    }
  }

  private changed(leadId: number): void {
    this.tell(leadId);
    void this.channel.publish([{ lead_id: leadId, viewers: this.here(leadId) }]);
  }

  private repeat(): void {
    const leadIds = [...this.byLead.keys()];
    void this.channel.publish(leadIds.map((lead_id) => ({ lead_id, viewers: this.here(lead_id) })));
  }

  private here(leadId: number): Viewer[] {
    const there = [...(this.byLead.get(leadId) ?? [])].slice(0, TOLD_AT_MOST);
    return there.map(([{ actor, fullName }, mode]) => ({ user_id: actor.id, full_name: fullName, mode }));
  }

  /** Each person once: whoever edits in one window edits. */
  private viewersOf(leadId: number): Viewer[] {
    const viewers = new Map<number, Viewer>();
    for (const viewer of [...this.here(leadId), ...this.remote.viewersOf(leadId)]) {
      if (viewers.get(viewer.user_id)?.mode !== 'edit') viewers.set(viewer.user_id, viewer);
    }
    return [...viewers.values()].sort((a, b) => a.user_id - b.user_id);
  }

  private tell(leadId: number): void {
    const there = this.byLead.get(leadId);
    if (!there) return;
    const viewers = this.viewersOf(leadId);
    for (const connection of there.keys()) {
      if (connection.isLive) connection.sendOwn('presence.updated', { lead_id: leadId, viewers });
    }
  }

  private isOn(connection: Connection, leadId: number): boolean {
    return this.byLead.get(leadId)?.has(connection) ?? false;
  }

  private leadsOf(connection: Connection): number[] {
    return [...this.byLead.keys()].filter((leadId) => this.isOn(connection, leadId));
  }
}

function mayBeOn({ actor }: Connection, { lead }: LeadSnapshot): boolean {
  return lead.deletedAt === null && maySee(actor, lead);
}
