import { hasSkillsFor, LeadTraits, meets } from '../rules/lead-condition.js';
import { LeadCondition, SkillRule } from '../rules/policy-rules.js';
import { Exclusion, Place } from './places.js';

/** Which of the agents take leads of one kind. One object for all leads that the same agents take. */
export interface Takers {
  /** Indices among the open places, ascending. */
  places: number[];
  /** Ids of all others, by what keeps them from such leads. */
  excluded: Partial<Record<Exclusion, number[]>>;
}

/** What each part of a condition asks of a lead. */
const ASKED: Readonly<Record<keyof LeadCondition, keyof LeadTraits>> = {
  states: 'state',
  cities: 'city',
  zip_prefixes: 'zipCode',
  specialties: 'specialties',
  priorities: 'priority',
  sources: 'source',
  score_min: 'score',
  score_max: 'score',
  providers_min: 'providers',
  providers_max: 'providers',
};

/** Finds who takes a lead; leads that are alike in all that the rules ask of them are looked up once. */
export class TakersTable {
  private readonly asked: (keyof LeadTraits)[];
  private readonly byTraits = new Map<string, Takers>();
  private readonly byPlaces = new Map<string, Takers>();

  constructor(
    private readonly open: readonly Place[],
    private readonly blocked: readonly Place[],
    private readonly skillRules: readonly SkillRule[],
  ) {
    const conditions = [
      ...[...open, ...blocked].map(({ participant }) => participant.takes),
      ...skillRules.map(({ leads }) => leads),
    ];
    const names = conditions.flatMap((condition) => Object.keys(condition ?? {}) as (keyof LeadCondition)[]);
    this.asked = [...new Set(names.map((name) => ASKED[name]))];
  }

  of(lead: LeadTraits): Takers {
    const traits = this.asked.length === 0 ? '' : JSON.stringify(this.asked.map((trait) => lead[trait]));
    const known = this.byTraits.get(traits) ?? this.find(lead);
    this.byTraits.set(traits, known);
    return known;
  }

  private find(lead: LeadTraits): Takers {
    const found: Takers = { places: [], excluded: {} };
    for (const [index, place] of this.open.entries()) {
      const misfit = this.misfitOf(lead, place);
      if (misfit === undefined) found.places.push(index);
      if (misfit ?? place.blocked) exclude(found, misfit ?? place.blocked, place);
    }
    for (const place of this.blocked) exclude(found, this.misfitOf(lead, place) ?? place.blocked, place);
    const key = `${found.places.join()} ${JSON.stringify(found.excluded)}`;
    const known = this.byPlaces.get(key) ?? found;
    this.byPlaces.set(key, known);
    return known;
  }

  private misfitOf(lead: LeadTraits, { agent, participant }: Place): Exclusion | undefined {
    if (!meets(lead, participant.takes)) return 'does_not_match';
    return hasSkillsFor(lead, agent, this.skillRules) ? undefined : 'lacks_skill';
  }
}

function exclude({ excluded }: Takers, reason: Exclusion | undefined, { agent }: Place): void {
  if (reason) excluded[reason] = [...(excluded[reason] ?? []), agent.id];
}
