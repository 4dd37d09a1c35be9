import { SimulationOutcome } from '../dto/simulation.dto.js';
import { smoothedRate } from '../rules/weights.js';
import { plan } from './plan.js';
import { PoolLead, PoolState } from './pool-state.js';

/** Closed leads that the company's win rate counts as, for agents with few of their own. */
const PRIOR_LEADS = 20;
/** Leads that are dealt together, as in a run. */
const CHUNK = 20_000;

/**
 * What would become of leads; the state is used up.
 *
 * @param isPast deals them one by one at the times at which they were entered
 */
export function rehearse(
  state: PoolState,
  policyId: number,
  leads: readonly PoolLead[],
  isPast: boolean,
): SimulationOutcome {
  const counts = new Map<number, Record<string, number>>();
  const unassigned: Record<string, number> = {};
  const bandOf = new Map(leads.map(({ id, priority }) => [id, priority]));
  const size = isPast ? 1 : CHUNK;
  let hour = '';
  for (let start = 0; start < leads.length; start += size) {
    const chunk = leads.slice(start, start + size);
    const now = isPast && chunk[0] ? new Date(chunk[0].createdAt) : new Date();
    if (isPast) hour = turnClock(state, hour, now);
    const planned = plan(state, chunk, now);
    for (const { batch, dealt, leadIds } of planned.batches) {
      for (const [position, owner] of dealt.owners.entries()) {
        const id = batch.agents[owner] ?? 0;
        const bands = counts.get(id) ?? {};
        const band = bandOf.get(leadIds[position] ?? 0) ?? 'C';
        bands[band] = (bands[band] ?? 0) + 1;
        counts.set(id, bands);
      }
    }
    for (const reason of planned.unassigned.values()) unassigned[reason] = (unassigned[reason] ?? 0) + 1;
  }
  return outcomeOf(state, policyId, counts, unassigned);
}

/** Caps for a day and an hour begin anew. @returns the hour that it is now */
function turnClock(state: PoolState, before: string, now: Date): string {
  const hour = now.toISOString().slice(0, 13);
  if (hour === before) return hour;
  const isNewDay = hour.slice(0, 10) !== before.slice(0, 10);
  for (const agent of state.agents.values()) {
    agent.thisHour = 0;
    if (isNewDay) agent.today = 0;
  }
  return hour;
}

function outcomeOf(
  state: PoolState,
  policyId: number,
  counts: Map<number, Record<string, number>>,
  unassigned: Record<string, number>,
): SimulationOutcome {
  const all = [...state.agents.values()];
  const company = {
    won: all.reduce((sum, { won }) => sum + won, 0),
    closed: all.reduce((sum, { closed }) => sum + closed, 0),
  };
  const deviations = state.policies.find(({ id }) => id === policyId)?.deviations;
  const agents = all
    .map((agent) => {
      const bands = counts.get(agent.id) ?? {};
      const leads = Object.values(bands).reduce((sum, count) => sum + count, 0);
      return {
        agent_id: agent.id,
        username: agent.username,
        full_name: agent.fullName,
        leads,
        active_leads: agent.load,
        deviation: deviations?.get(agent.id) ?? 0,
        expected_wins: leads * smoothedRate(agent, company, PRIOR_LEADS),
        bands,
      };
    })
    .sort((a, b) => (a.username < b.username ? -1 : 1));
  return {
    assigned: agents.reduce((sum, { leads }) => sum + leads, 0),
    unassigned,
    expected_wins: agents.reduce((sum, { expected_wins }) => sum + expected_wins, 0),
    largest_deviation: Math.max(0, ...agents.map(({ deviation }) => Math.abs(deviation))),
    agents,
  };
}
