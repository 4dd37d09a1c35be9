import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Lead } from '../leads/lead.entity.js';

/** That agent and manager were warned of an assignment: once. */
@Entity('distribution_first_contact_warnings')
export class FirstContactWarning {
  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn()
  lead?: Lead;

  @PrimaryColumn('integer')
  leadId: number;

  @PrimaryColumn('timestamptz')
  assignedAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  warnedAt: Date;
}
