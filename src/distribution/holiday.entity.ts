import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A day on which nobody in the company gets new leads, by each agent's own clock. */
@Entity('distribution_holidays')
export class Holiday {
  @PrimaryColumn('date')
  day: string;

  @Column('text')
  name: string;
}
