import { LeadPriority } from '../../enums/index.js';

/** What the score of a lead may follow from. */
export interface ScoredFields {
  specialties: string | null;
  providers: number | null;
  category?: string | null;
  state?: string | null;
  entityType?: string | null;
}

export const TEXT_FIELDS = ['specialties', 'category', 'state', 'entity_type'] as const;
export type ScoredTextField = (typeof TEXT_FIELDS)[number];

/** Points for a lead whose text holds one of these words, upper and lower case alike, or whose providers are so many. */
export interface ScoringRule {
  /** By it the points are known in the breakdown. */
  name: string;
  /** May be below zero. */
  points: number;
  field: ScoredTextField | 'providers';
  contains?: string[];
  at_least?: number;
  at_most?: number;
}

export interface ScoringRules {
  base: number;
  rules: ScoringRule[];
  /** The lowest score of each priority, from the highest down; what is below all of them is a C. */
  priorities: { 'A+': number; A: number; 'B+': number; B: number };
}

/** Rules with the number under which they are kept. */
export interface ScoringVersion {
  version: number;
  rules: ScoringRules;
}

export interface LeadScore {
  /** 0 to 100. */
  score: number;
  /** Points by the rule that gave them. */
  breakdown: Record<string, number>;
}

const HIGHEST_SCORE = 100;

/** The first version's rules: base 50, cardiology +20, nephrology +25, more than one provider +10, at most 100. */
export const FIRST_RULES: ScoringVersion = {
  version: 1,
  rules: {
    base: 50,
    rules: [
      { name: 'cardiology', points: 20, field: 'specialties', contains: ['cardiolog'] },
      { name: 'nephrology', points: 25, field: 'specialties', contains: ['nephrolog'] },
      { name: 'several_providers', points: 10, field: 'providers', at_least: 2 },
    ],
    priorities: { 'A+': 90, A: 80, 'B+': 70, B: 60 },
  },
};

export function scoreLead(fields: ScoredFields, { rules }: ScoringVersion = FIRST_RULES): LeadScore {
  const breakdown: Record<string, number> = { base: rules.base };
  for (const rule of rules.rules) if (applies(rule, fields)) breakdown[rule.name] = rule.points;
  const points = Object.values(breakdown).reduce((sum, part) => sum + part, 0);
  return { score: Math.max(0, Math.min(points, HIGHEST_SCORE)), breakdown };
}

function applies(
  { field, contains = [], at_least: least, at_most: most }: ScoringRule,
  fields: ScoredFields,
): boolean {
  if (field === 'providers') {
    const providers = fields.providers ?? 0;
    return providers >= (least ?? 0) && providers <= (most ?? Number.POSITIVE_INFINITY);
  }
  const text = ((field === 'entity_type' ? fields.entityType : fields[field]) ?? '').toLowerCase();
  return contains.some((word) => text.includes(word.toLowerCase()));
}

/** By the first version's rules: A+ from 90, A from 80, B+ from 70, B from 60, else C. */
export function priorityOfScore(score: number, { rules }: ScoringVersion = FIRST_RULES): LeadPriority {
  const { priorities } = rules;
  if (score >= priorities['A+']) return LeadPriority.A_PLUS;
  if (score >= priorities.A) return LeadPriority.A;
  if (score >= priorities['B+']) return LeadPriority.B_PLUS;
  return score >= priorities.B ? LeadPriority.B : LeadPriority.C;
}
