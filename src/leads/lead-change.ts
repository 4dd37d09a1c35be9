import { isDeepStrictEqual } from 'node:util';
import { INACTIVE_LEAD_STATUSES, LeadStatus } from '../enums/index.js';
import { Lead } from './lead.entity.js';

/** One property of a lead and its value before and after. */
export interface LeadChange {
  property: keyof Lead & string;
  from: unknown;
  to: unknown;
}

/** The properties of `wanted` that differ from the lead as it is; undefined means "leave as it is". */
export function changesOf(lead: Lead, wanted: Partial<Lead>): LeadChange[] {
  return (Object.keys(wanted) as (keyof Lead & string)[])
    .filter(
      (property) =>
        wanted[property] !== undefined && !isDeepStrictEqual(lead[property] ?? null, wanted[property]),
    )
    .map((property) => ({ property, from: lead[property] ?? null, to: wanted[property] }));
}

/** What was repaired in a field on the way in is no finding any more when somebody has edited it. */
export function withoutOldRepairs(lead: Lead, changes: LeadChange[]): LeadChange[] {
  if (!lead.repairs || changes.some(({ property }) => property === 'repairs')) return changes;
  const edited = new Set(changes.map(({ property }) => wireName(property)));
  const left = lead.repairs.filter((repair) => !edited.has(repair.split(':')[0] ?? ''));
  if (left.length === lead.repairs.length) return changes;
  return [...changes, { property: 'repairs', from: lead.repairs, to: left.length > 0 ? left : null }];
}

/** What the registry said of an NPI says nothing of another one. */
export function withoutOldDeactivation(lead: Lead, changes: LeadChange[]): LeadChange[] {
  if (lead.npiDeactivatedAt === null || !changes.some(({ property }) => property === 'npi')) return changes;
  const back: LeadChange[] = [{ property: 'npiDeactivatedAt', from: lead.npiDeactivatedAt, to: null }];
  if (lead.isHeld) back.push({ property: 'isHeld', from: true, to: false });
  return [...changes, ...back];
}

/** A lead that its agent has touched, or that is no longer theirs to touch, does not go back by itself. */
export function withoutReturn(lead: Lead, changes: LeadChange[], actorId: number | null): LeadChange[] {
  if (lead.recyclingEligibleAt === null) return changes;
  const isTouched = actorId !== null && actorId === lead.assignedUserId;
  const isElsewhere = changes.some(
    ({ property, to }) =>
      property === 'assignedUserId' ||
      (property === 'status' && INACTIVE_LEAD_STATUSES.includes(to as LeadStatus)),
  );
  if (!isTouched && !isElsewhere) return changes;
  return [...changes, { property: 'recyclingEligibleAt', from: lead.recyclingEligibleAt, to: null }];
}

const wireName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Properties that follow from others: their changes are not history of their own. */
export const UNTRACKED: ReadonlySet<string> = new Set([
  'assignedAt',
  'doNotContactAt',
  'doNotContactById',
  'recyclingEligibleAt',
  'scoringBreakdown',
  'scoringVersion',
  'version',
  'updatedAt',
  'repairs',
]);
