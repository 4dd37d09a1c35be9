import type { SimulatedAgent, SimulationOutcome, SimulationResponse } from '@/lib/api/schema';
import { waitingReason } from '../words';

/** One agent under both rules; an agent whom one side does not know gets nothing there. */
export interface ComparedAgent {
  id: number;
  name: string;
  active: SimulatedAgent;
  draft: SimulatedAgent;
}

const nothing = (agent: SimulatedAgent): SimulatedAgent => ({
  ...agent,
  leads: 0,
  active_leads: 0,
  deviation: 0,
  expected_wins: 0,
  bands: {},
});

/** Agents who get a lead under either, those with the most under the draft first. */
export function comparedAgents({ active, draft }: SimulationResponse): ComparedAgent[] {
  const before = new Map(active.agents.map((agent) => [agent.agent_id, agent]));
  const after = new Map(draft.agents.map((agent) => [agent.agent_id, agent]));
  return [...new Set([...before.keys(), ...after.keys()])]
    .flatMap((id) => {
      const known = after.get(id) ?? before.get(id);
      if (!known) return [];
      return [
        {
          id,
          name: known.full_name,
          active: before.get(id) ?? nothing(known),
          draft: after.get(id) ?? nothing(known),
        },
      ];
    })
    .sort((a, b) => b.draft.leads - a.draft.leads || a.name.localeCompare(b.name));
}

export interface ComparedReason {
  reason: string;
  active: number;
  draft: number;
}

export function comparedReasons({ active, draft }: SimulationResponse): ComparedReason[] {
  const codes = new Set([...Object.keys(active.unassigned), ...Object.keys(draft.unassigned)]);
  return [...codes].map((code) => ({
    reason: waitingReason(code),
    active: active.unassigned[code] ?? 0,
    draft: draft.unassigned[code] ?? 0,
  }));
}

export const unassignedOf = ({ unassigned }: SimulationOutcome): number =>
  Object.values(unassigned).reduce((sum, count) => sum + count, 0);
