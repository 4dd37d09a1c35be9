import { createHash } from 'node:crypto';
import { ChangeSource, LeadSource } from '../enums/index.js';
import { priorityOfScore, type ScoringVersion, scoreLead } from '../leads/fields/scoring.js';
import { Lead } from '../leads/lead.entity.js';
import { changesOf, LeadChange } from '../leads/lead-change.js';
import { IncomingLead } from '../leads/lead-intake.repository.js';
import { LeadDraft } from './rows/lead-draft.js';

/** By what a row without an NPI is known again: all of its values. */
export function fingerprintOf({ repairs: _repairs, ...values }: LeadDraft): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

export const repairsOf = ({ repairs }: LeadDraft): string[] | null =>
  repairs.length === 0 ? null : [...new Set(repairs.map(({ field, code }) => `${field}:${code}`))];

/** @param isHeld keeps it from distribution until it is released */
export function newLeadOf(draft: LeadDraft, isHeld: boolean, scoring?: ScoringVersion): IncomingLead {
  const { repairs: _repairs, score: givenScore, priority, source, ...fields } = draft;
  const scored = scoreLead(fields, scoring);
  const score = givenScore ?? scored.score;
  return {
    ...fields,
    score,
    priority: priority ?? priorityOfScore(score, scoring),
    scoringBreakdown: givenScore === null ? scored.breakdown : null,
    scoringVersion: givenScore === null ? (scoring?.version ?? null) : null,
    source: source ?? LeadSource.IMPORT,
    repairs: repairsOf(draft),
    isHeld,
  };
}

const FIELDS = [
  'practiceName',
  'ownerName',
  'practicePhone',
  'ownerPhone',
  'address',
  'city',
  'state',
  'zipCode',
  'ein',
  'npi',
  'entityType',
  'providers',
  'specialties',
  'isSoleProprietor',
  'category',
] as const;

/**
 * What a row changes in the lead that is there. An empty value of a row never clears a field.
 *
 * @param how `fill` sets only empty fields
 * @param ofPeople wire names of fields that a person set last; `*` for a lead that a person entered. They stay.
 */
export function changesByDraft(
  lead: Lead,
  draft: LeadDraft,
  how: 'fill' | 'overwrite',
  scoring: ScoringVersion,
  ofPeople: ReadonlySet<string> = new Set(),
): LeadChange[] {
  const wanted: Partial<Lead> = {};
  for (const field of FIELDS) {
    const value = draft[field];
    const isPersons = ofPeople.has(snakeCase(field)) || (ofPeople.has('*') && lead[field] !== null);
    if (value === null || isPersons || (how === 'fill' && lead[field] !== null)) continue;
    // An NPI is what a lead is; a row recognised by something else does not change it.
    if (field === 'npi' && lead.npi !== null) continue;
    Object.assign(wanted, { [field]: value });
  }
  if (draft.score !== null && how === 'overwrite') {
    wanted.score = draft.score;
    wanted.priority = draft.priority ?? priorityOfScore(draft.score, scoring);
    wanted.scoringBreakdown = null;
    wanted.scoringVersion = null;
  } else Object.assign(wanted, rescored(lead, wanted, scoring));
  return changesOf(lead, wanted);
}

const SCORED = [
  'specialties',
  'providers',
  'category',
  'state',
  'entityType',
] as const satisfies (keyof Lead)[];

/** A score that follows from the rules goes on following from them. */
export function rescored(lead: Lead, wanted: Partial<Lead>, scoring: ScoringVersion): Partial<Lead> {
  if (lead.scoringVersion === null || !SCORED.some((field) => field in wanted)) return {};
  const { score, breakdown } = scoreLead({ ...lead, ...wanted }, scoring);
  const priority = priorityOfScore(score, scoring);
  return { score, priority, scoringBreakdown: breakdown, scoringVersion: scoring.version };
}

export const changeSourceOf = (kind: string | null): ChangeSource =>
  kind === 'leads' ? ChangeSource.IMPORT : ChangeSource.REGISTRY;

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
