import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** What an agent is good at, for rules that ask for it. In lower case. */
@Entity('distribution_agent_skills')
export class AgentSkills {
  @PrimaryColumn('integer')
  agentId: number;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  agent?: User;

  @Column('text', { array: true, default: [] })
  languages: string[];

  @Column('text', { array: true, default: [] })
  specialties: string[];

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}
