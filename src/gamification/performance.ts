import { winRateLowerBoundSql } from './win-rate.js';

/**
 * What an agent's work is worth, in points: `performance_score = total_points * (1 + lower bound of the win rate)`.
 *
 * The points are those of the ledger, by the contract's weights unless the rules were changed. The win rate raises them
 * by its Wilson lower bound, so one deal of one (0.21) raises them less than 40 of 60 (0.54). Rounded to two digits.
 *
 * @returns SQL over expressions that are whole numbers
 */
export const performanceScoreSql = (points: string, won: string, closed: string): string =>
  `round(((${points}) * (1 + ${winRateLowerBoundSql(won, closed)}))::numeric, 2)::float8`;

/** Points that a level begins with: 0, 100, 300, 600, 1000 and so on. */
export const pointsOfLevel = (level: number): number => 50 * level * (level - 1);

/** The level that so many points make; pointsOfLevel turned round. */
export const levelSql = (points: string): string => `floor((1 + sqrt(1 + (${points}) / 12.5)) / 2)::int`;
