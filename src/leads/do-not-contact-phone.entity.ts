import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** A phone number that nobody may call, whichever lead it belongs to. */
@Entity('do_not_contact_phones')
@Index('do_not_contact_phones_created_at_phone_idx', ['createdAt', 'phone'])
export class DoNotContactPhone {
  /** As leads have it: `(555) 123-4567`. */
  @PrimaryColumn('text')
  phone: string;

  @Column('text', { nullable: true })
  reason: string | null;

  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  createdBy?: User | null;

  @Column('integer', { nullable: true })
  createdById: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
