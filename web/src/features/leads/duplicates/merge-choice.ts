import type { LeadResponse } from '@/lib/api/schema';
import { type FieldName, LEAD_FIELDS, type LeadField } from '../edit/lead-fields';

/** By field the lead whose value is kept. */
export type Choices = Partial<Record<FieldName, number>>;

/** Fields of which leads have different values: the only ones there is something to choose about. */
export function differingFields(leads: readonly LeadResponse[]): LeadField[] {
  return LEAD_FIELDS.filter(({ name }) => new Set(leads.map((lead) => lead[name])).size > 1);
}

/**
 * Whose value is kept when nobody chooses: the lead's own that stays, and where it has none the first that another has.
 * The API says the same of what is not sent.
 */
export function chosenLead(
  field: FieldName,
  leads: readonly LeadResponse[],
  survivor: LeadResponse,
  choices: Choices,
): LeadResponse {
  const chosen = leads.find(({ id }) => id === choices[field]);
  if (chosen) return chosen;
  if (survivor[field] !== null) return survivor;
  return leads.find((lead) => lead[field] !== null) ?? survivor;
}

/** Somebody works it; otherwise it is the older one. */
export function suggestedSurvivor(leads: readonly LeadResponse[]): LeadResponse | undefined {
  const byAge = [...leads].sort((left, right) => left.id - right.id);
  return byAge.find((lead) => lead.assigned_user_id !== null) ?? byAge[0];
}
