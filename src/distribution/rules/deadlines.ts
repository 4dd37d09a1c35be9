import { Availability } from './availability.js';
import { PolicyRules } from './policy-rules.js';
import { afterWorkingTime } from './working-time.js';

/** A lead at its agent. */
export interface HeldLead {
  assignedAt: Date;
  availability: Availability | null;
}

/** When a lead that nobody touches is taken back; undefined when not within two months. */
export const recycledAt = (rules: Required<PolicyRules>, held: HeldLead): Date | undefined =>
  after(rules, held, rules.recycle_after_hours * 60);

/** When a lead is to have been contacted. */
export const contactDueAt = (
  rules: Required<PolicyRules>,
  held: HeldLead,
  targetMinutes: number,
): Date | undefined => after(rules, held, targetMinutes);

function after(rules: Required<PolicyRules>, { assignedAt, availability }: HeldLead, minutes: number) {
  return rules.working_hours_only
    ? afterWorkingTime(availability, rules.holidays, assignedAt, minutes)
    : new Date(assignedAt.getTime() + minutes * 60_000);
}
