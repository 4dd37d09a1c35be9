import { DistributionStrategy } from '../../enums/index.js';
import { LeadGroup } from '../fairness/batch.js';
import { weightsOf } from '../rules/weights.js';
import { Exclusion, Place, placesOf } from './places.js';
import { PoolAgent, PoolLead, PoolPolicy, PoolState } from './pool-state.js';
import { Takers, TakersTable } from './takers.js';

export interface CandidateGroup extends LeadGroup {
  band: string;
  /** Ids by reason. */
  excluded: Partial<Record<Exclusion, number[]>>;
}

/** Who is left of those who take a lead, and who was left out for what the lead has behind it. */
interface Narrowed {
  places: number[];
  excluded: CandidateGroup['excluded'];
}

/** Who of a policy's participants can be given which of the leads, at one moment. */
export class Candidates {
  /** Those who can be given anything, and those who are away but owed their turns; ascending by id. */
  readonly open: Place[];
  private readonly weights: number[];
  private readonly takers: TakersTable;
  private readonly groups = new Map<Takers, Map<string, CandidateGroup>>();

  constructor(
    private readonly policy: PoolPolicy,
    state: PoolState,
    now: Date,
    private readonly isSingle: boolean,
    asked?: ReadonlySet<number>,
  ) {
    const places = placesOf(policy, state, now, asked);
    this.open = places.filter(({ blocked, isOwedTurns }) => blocked === undefined || isOwedTurns);
    const shut = places.filter((place) => !this.open.includes(place));
    this.takers = new TakersTable(this.open, shut, policy.rules.skill_rules);
    this.weights = weightsOf(
      policy.rules,
      this.open.map(({ agent, participant, free }) => ({
        weight: participant.weight ?? 1,
        won: agent.won,
        closed: agent.closed,
        freePlaces: free,
      })),
    );
  }

  /** Whether anybody can be given anything now. */
  get hasRoom(): boolean {
    return this.open.some(({ capacity }) => capacity > 0);
  }

  /** The group that a lead belongs to; one object for all leads that are alike to the rules. No candidates: nobody can. */
  groupOf(lead: PoolLead): CandidateGroup {
    const takers = this.takers.of(lead);
    const narrowed = this.narrow(lead, takers.places);
    const isWhole = narrowed.places === takers.places;
    const key = isWhole ? lead.priority : `${lead.priority} ${keyOf(narrowed)}`;
    const groups = this.groups.get(takers) ?? new Map<string, CandidateGroup>();
    const group = groups.get(key) ?? this.group(lead, takers, narrowed);
    groups.set(key, group);
    this.groups.set(takers, groups);
    return group;
  }

  private group(lead: PoolLead, takers: Takers, { places, excluded }: Narrowed): CandidateGroup {
    const candidates = this.isAnyPresent(places) ? places : [];
    const weights = candidates.map((place) => this.weights[place] ?? 1);
    return { candidates, weights, band: lead.priority, excluded: { ...takers.excluded, ...excluded } };
  }

  /** What is known of the lead itself, its past and its practice, leaves people out, unless nobody would be left. */
  private narrow(lead: PoolLead, takers: number[]): Narrowed {
    const narrowed: Narrowed = { places: takers, excluded: {} };
    const { avoid_previous_agents, sticky, strategy } = this.policy.rules;
    if (avoid_previous_agents && lead.previousAgents.length > 0)
      this.keep(narrowed, 'previous_agent', (agent) => !lead.previousAgents.includes(agent.id));
    const owners = sticky.map((field) => lead.sticky[field]).filter((owner) => owner);
    if (owners.length > 0)
      this.keep(narrowed, 'other_agent_works_practice', (agent) => owners.includes(agent.id));
    if (this.isSingle && strategy === DistributionStrategy.LEAST_LOADED) {
      const present = narrowed.places.filter((place) => this.isPresent(place));
      const least = Math.min(...present.map((place) => this.loadOf(place)));
      this.keep(narrowed, 'more_loaded', (_, place) => this.loadOf(place) <= least);
    }
    return narrowed;
  }

  private keep(
    narrowed: Narrowed,
    reason: Exclusion,
    passes: (agent: PoolAgent, place: number) => boolean,
  ): void {
    const { places, excluded } = narrowed;
    const left = places.filter((place) => passes((this.open[place] as Place).agent, place));
    if (left.length === places.length || !this.isAnyPresent(left)) return;
    const isLeft = new Set(left);
    excluded[reason] = places
      .filter((place) => !isLeft.has(place))
      .map((place) => (this.open[place] as Place).agent.id);
    narrowed.places = left;
  }

  private isPresent(place: number): boolean {
    return (this.open[place]?.capacity ?? 0) > 0;
  }

  private isAnyPresent(places: number[]): boolean {
    return places.some((place) => this.isPresent(place));
  }

  private loadOf(place: number): number {
    const { agent, target } = this.open[place] as Place;
    return agent.load / Math.max(1, target);
  }
}

const keyOf = ({ places, excluded }: Narrowed): string => `${places.join()} ${Object.keys(excluded).join()}`;
