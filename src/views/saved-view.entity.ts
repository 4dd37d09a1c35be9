import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
} from 'typeorm';
import { User } from '../users/user.entity.js';

export const VIEW_SCOPES = ['private', 'team', 'shared'] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];

export const VIEW_KINDS = ['leads', 'board'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

export const DENSITIES = ['compact', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];

export const THEMES = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof THEMES)[number];

/** What a view shows, as the wire has it. */
export type ViewSettings = Record<string, unknown>;

/** A list of leads that somebody comes back to. Its indexes on names are in the migration. */
@Entity('saved_views')
@Check('saved_views_scope_check', `scope IN ('private', 'team', 'shared')`)
@Check('saved_views_kind_check', `kind IN ('leads', 'board')`)
@Index('saved_views_name_key', { synchronize: false })
@Index('saved_views_shared_name_key', { synchronize: false })
@Index('saved_views_owner_id_idx', ['ownerId'])
export class SavedView {
  @PrimaryGeneratedColumn()
  id: number;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  owner?: User;

  @Column('integer')
  ownerId: number;

  /** Who sees it: its owner, its owner's team, or everybody. */
  @Column('text')
  scope: ViewScope;

  @Column('text')
  kind: ViewKind;

  @Column('text')
  name: string;

  @Column('jsonb')
  settings: ViewSettings;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt: Date;
}

/** How somebody wants to see things, on every device of theirs. What is empty follows the device. */
@Entity('user_preferences')
@Check('user_preferences_theme_check', `theme IN ('light', 'dark', 'auto')`)
@Check('user_preferences_density_check', `density IN ('compact', 'comfortable')`)
@Index('user_preferences_leads_view_id_idx', ['leadsViewId'])
export class UserPreferences {
  @PrimaryColumn('integer')
  userId: number;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn()
  user?: User;

  /** IANA name. */
  @Column('text', { nullable: true })
  timeZone: string | null;

  @Column('text', { nullable: true })
  theme: Theme | null;

  @Column('text', { nullable: true })
  density: Density | null;

  /** The view that the list of leads begins with. */
  @ManyToOne(() => SavedView, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn()
  leadsView?: SavedView | null;

  @Column('integer', { nullable: true })
  leadsViewId: number | null;
}
