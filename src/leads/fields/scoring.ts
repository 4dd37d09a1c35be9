import { LeadPriority } from '../../enums/index.js';

/** What the score of a lead follows from. */
export interface ScoredFields {
  specialties: string | null;
  providers: number | null;
}

export interface LeadScore {
  /** 0 to 100. */
  score: number;
  /** Points by the rule that gave them. */
  breakdown: Record<string, number>;
}

const HIGHEST_SCORE = 100;
const BANDS: readonly (readonly [number, LeadPriority])[] = [
  [90, LeadPriority.A_PLUS],
  [80, LeadPriority.A],
  [70, LeadPriority.B_PLUS],
  [60, LeadPriority.B],
];

/** The first version's rules: base 50, cardiology +20, nephrology +25, more than one provider +10, at most 100. */
export function scoreLead({ specialties, providers }: ScoredFields): LeadScore {
  const named = (specialties ?? '').toLowerCase();
  const breakdown: Record<string, number> = { base: 50 };
  if (named.includes('cardiolog')) breakdown['cardiology'] = 20;
  if (named.includes('nephrolog')) breakdown['nephrology'] = 25;
  if ((providers ?? 0) > 1) breakdown['several_providers'] = 10;
  const points = Object.values(breakdown).reduce((sum, part) => sum + part, 0);
  return { score: Math.min(points, HIGHEST_SCORE), breakdown };
}

/** A+ from 90, A from 80, B+ from 70, B from 60, else C. */
export function priorityOfScore(score: number): LeadPriority {
  return BANDS.find(([lowest]) => score >= lowest)?.[1] ?? LeadPriority.C;
}
