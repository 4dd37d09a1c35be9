import type { ScoringRuleDto, ScoringRulesDto } from '@/lib/api/schema';
import { words } from '@/lib/format';

export const FIELD_WORDS: Readonly<Record<ScoringRuleDto['field'], string>> = {
  specialties: 'Specialties',
  category: 'Category',
  state: 'State',
  entity_type: 'Entity type',
  providers: 'Providers',
};

/** Rules as one reads them, a line each. */
export function linesOf({ base, rules, priorities }: ScoringRulesDto): string[] {
  const bands = (['A+', 'A', 'B+', 'B'] as const).map((name) => `${name} from ${priorities[name]}`);
  return [
    `Every lead: ${base}`,
    ...rules.map((rule) => `${words(rule.name)}: ${signed(rule.points)} when ${conditionOf(rule)}`),
    `${bands.join(', ')}, else C`,
  ];
}

function conditionOf({ field, contains = [], at_least: least, at_most: most }: ScoringRuleDto): string {
  const name = FIELD_WORDS[field].toLowerCase();
  if (field !== 'providers')
    return `${name} ${name.endsWith('s') ? 'have' : 'has'} ${contains.map((word) => `“${word}”`).join(' or ')}`;
  if (most === undefined) return `${name} are at least ${least}`;
  return least === undefined ? `${name} are at most ${most}` : `${name} are from ${least} to ${most}`;
}

const signed = (points: number): string => (points < 0 ? `−${-points}` : `+${points}`);
