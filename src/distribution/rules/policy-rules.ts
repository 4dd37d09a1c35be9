import { DistributionStrategy, LeadPriority, LeadSource } from '../../enums/index.js';
import { CallWindow } from './call-window.js';

/** Which leads: every part that is given must hold; nothing given is every lead. */
export interface LeadCondition {
  states?: string[];
  cities?: string[];
  zip_prefixes?: string[];
  specialties?: string[];
  priorities?: LeadPriority[];
  sources?: LeadSource[];
  score_min?: number;
  score_max?: number;
  providers_min?: number;
  providers_max?: number;
}

/** An agent who takes part. */
export interface Participant {
  agent_id: number;
  /** For `weighted`; 1 when not given. */
  weight?: number;
  /** Leads that the agent takes; all when not given. */
  takes?: LeadCondition;
  /** Instead of the policy's. */
  target_active?: number;
}

/** Leads that only agents with certain skills get. */
export interface SkillRule {
  /** Which leads; all when not given. */
  leads?: LeadCondition;
  /** The agent speaks one of these, and knows one of those; either may be left out. */
  languages?: string[];
  specialties?: string[];
}

export type StickyField = 'ein' | 'owner_phone';

/** A policy's rules, as they are sent and stored. */
export interface PolicyRules {
  strategy: DistributionStrategy;
  /** Active leads that each agent is kept at. */
  target_active: number;
  /** New leads that an agent gets at most in a day (UTC), and in an hour. */
  per_day?: number | null;
  per_hour?: number | null;
  /** Leads that the policy takes; all when not given. */
  leads?: LeadCondition;
  /** Every active agent, of the manager's team if it has one, when not given. */
  participants?: Participant[];
  /** Score points that a day of waiting is worth, so that no lead starves. */
  aging_points_per_day?: number;
  /** A lead goes to the agent who already works a practice with the same one of these. */
  sticky?: StickyField[];
  avoid_previous_agents?: boolean;
  skill_rules?: SkillRule[];
  /** When practices may be called by their own clock; always when not given. */
  call_window?: CallWindow | null;
  /** Who is away keeps the turns that pass meanwhile, and gets those leads later. */
  make_up_skipped_turns?: boolean;
  recycle_after_hours?: number;
  /** Hours until recycling, and minutes until the first contact, count only while the agent is at work. */
  working_hours_only?: boolean;
  /** By when a new lead is to be contacted; of priorities that are not named nobody is warned. */
  first_contact_minutes?: Partial<Record<LeadPriority, number>>;
  max_times_recycled?: number;
  /** Hours in which a lead may be returned as bad and gives the turn back. */
  credit_window_hours?: number;
  /** Days, YYYY-MM-DD in the agent's zone, on which nobody gets leads. */
  holidays?: string[];
  performance?: {
    /** Share of everybody's equal part that nobody's falls below, 0–1. */
    floor?: number;
    /** Part of the leads that is given out equally, 0–1. */
    exploration?: number;
    /** Closed leads that the company's rate counts as, when an agent has few of their own. */
    prior_leads?: number;
  };
}

/** Rules with everything that was not given as it is then meant. */
export function withDefaults(rules: PolicyRules): Required<PolicyRules> {
  return {
    per_day: null,
    per_hour: null,
    leads: {},
    participants: [],
    aging_points_per_day: 0,
    sticky: [],
    avoid_previous_agents: true,
    skill_rules: [],
    call_window: null,
    make_up_skipped_turns: false,
    working_hours_only: false,
    first_contact_minutes: {},
    recycle_after_hours: 24,
    max_times_recycled: 3,
    credit_window_hours: 72,
    holidays: [],
    performance: {},
    ...rules,
  };
}
