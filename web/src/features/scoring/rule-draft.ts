import type { ScoringRuleDto, ScoringRulesDto } from '@/lib/api/schema';

/** A rule as it is typed; `key` tells lines apart while their names change. */
export interface DraftRule {
  key: number;
  name: string;
  points: number;
  field: ScoringRuleDto['field'];
  /** Words with commas between them. */
  contains: string;
  least: number | '';
  most: number | '';
}

export interface RuleDraft {
  base: number;
  rules: DraftRule[];
  priorities: ScoringRulesDto['priorities'];
}

let keys = 0;

export const emptyRule = (): DraftRule => ({
  key: ++keys,
  name: '',
  points: 10,
  field: 'specialties',
  contains: '',
  least: '',
  most: '',
});

export function draftOf({ base, rules, priorities }: ScoringRulesDto): RuleDraft {
  return {
    base,
    priorities,
    rules: rules.map(({ contains, at_least: least, at_most: most, ...rule }) => ({
      ...emptyRule(),
      ...rule,
      contains: contains?.join(', ') ?? '',
      least: least ?? '',
      most: most ?? '',
    })),
  };
}

/** As the API takes them: a name in small letters, and of a condition only what its field has. */
export function rulesOf({ base, rules, priorities }: RuleDraft): ScoringRulesDto {
  return {
    base,
    priorities,
    rules: rules.map(({ name, points, field, contains, least, most }) => ({
      name: name.trim().toLowerCase().replace(/\W+/g, '_'),
      points,
      field,
      ...(field === 'providers'
        ? { ...(least !== '' && { at_least: least }), ...(most !== '' && { at_most: most }) }
        : { contains: contains.split(',').flatMap((word) => word.trim() || []) }),
    })),
  };
}
