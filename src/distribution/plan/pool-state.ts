import { Availability } from '../rules/availability.js';
import { LeadTraits } from '../rules/lead-condition.js';
import { PolicyRules, StickyField } from '../rules/policy-rules.js';

/** A lead that waits for an owner. */
export interface PoolLead extends LeadTraits {
  id: number;
  previousAgents: number[];
  /** As PostgreSQL writes it, to the microsecond. */
  createdAt: string;
  /** Agents who work the same practice already, by what it is known by. */
  sticky: Partial<Record<StickyField, number | null>>;
}

/** An active agent. */
export interface PoolAgent {
  id: number;
  username: string;
  fullName: string;
  managerId: number | null;
  /** Active leads. */
  load: number;
  /** Given out today (UTC) and in the last hour. */
  today: number;
  thisHour: number;
  won: number;
  closed: number;
  availability: Availability | null;
  /** In lower case. */
  languages: string[];
  specialties: string[];
}

/** A policy as it is in force. */
export interface PoolPolicy {
  id: number;
  versionId: number | null;
  name: string;
  managerId: number | null;
  rules: Required<PolicyRules>;
  servedLast: number;
  candidatesOfLast: string | null;
  /** Deviations by agent; who is not in it starts at zero. */
  deviations: Map<number, number>;
}

/** Everything that decides who gets the next leads. Planning changes it as if the plan were carried out. */
export interface PoolState {
  policies: PoolPolicy[];
  agents: Map<number, PoolAgent>;
}
