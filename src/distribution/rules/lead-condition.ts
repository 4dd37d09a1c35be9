import { LeadPriority, LeadSource } from '../../enums/index.js';
import { LeadCondition, SkillRule } from './policy-rules.js';

/** What rules ask about a lead. */
export interface LeadTraits {
  state: string | null;
  city: string | null;
  zipCode: string | null;
  specialties: string | null;
  priority: LeadPriority;
  source: LeadSource;
  score: number;
  providers: number | null;
}

/** Whether a lead meets every part of a condition; a lead without the value that is asked for does not. */
export function meets(lead: LeadTraits, condition: LeadCondition | undefined): boolean {
  if (!condition) return true;
  const { states, cities, zip_prefixes, specialties, priorities, sources } = condition;
  return (
    isOneOf(states, lead.state) &&
    (cities === undefined || cities.some((city) => isSame(city, lead.city))) &&
    (zip_prefixes === undefined || zip_prefixes.some((prefix) => lead.zipCode?.startsWith(prefix))) &&
    (specialties === undefined || specialties.some((specialty) => contains(lead.specialties, specialty))) &&
    isOneOf(priorities, lead.priority) &&
    isOneOf(sources, lead.source) &&
    isWithin(lead.score, condition.score_min, condition.score_max) &&
    isWithin(lead.providers, condition.providers_min, condition.providers_max)
  );
}

/** In lower case. */
export interface Skills {
  languages: readonly string[];
  specialties: readonly string[];
}

/** Whether an agent has what the rules ask of whoever gets this lead. */
export const hasSkillsFor = (lead: LeadTraits, skills: Skills, rules: readonly SkillRule[]): boolean =>
  rules.every((rule) => !meets(lead, rule.leads) || hasSkills(skills, rule));

export const hasSkills = (skills: Skills, { languages, specialties }: SkillRule): boolean =>
  hasOneOf(skills.languages, languages) && hasOneOf(skills.specialties, specialties);

const hasOneOf = (own: readonly string[], wanted: readonly string[] | undefined): boolean =>
  wanted === undefined || wanted.some((one) => own.includes(one.trim().toLowerCase()));

const isOneOf = <Value>(wanted: readonly Value[] | undefined, value: Value | null): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

const isSame = (one: string, other: string | null): boolean =>
  other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();

const contains = (text: string | null, part: string): boolean =>
  text?.toLowerCase().includes(part.trim().toLowerCase()) ?? false;

function isWithin(value: number | null, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true;
  return value !== null && value >= (min ?? value) && value <= (max ?? value);
}
