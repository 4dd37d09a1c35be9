import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** Active leads of an agent, up to the changes that are not summed up yet. Written by triggers and the distribution. */
@Entity('agent_lead_counts')
export class AgentLeadCount {
  @PrimaryColumn('integer')
  agentId: number;

  @Column('integer')
  leads: number;
}

/** That an agent has one active lead more, or fewer. */
@Entity('agent_lead_count_changes')
export class AgentLeadCountChange {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string;

  @Column('integer')
  agentId: number;

  @Column('integer')
  change: number;
}
