import { timeZoneSets } from '../../leads/fields/us-time-zone.js';
import { absenceAt } from '../rules/availability.js';
import { isOpenIn } from '../rules/call-window.js';
import { PoolAgent, PoolState } from './pool-state.js';

/** What became possible between two moments. */
export interface Openings {
  /** Agents who have come to work, or whose pause or day off is over. */
  agents: PoolAgent[];
  /** Whether practices can be called somewhere that could not before. */
  isWindowOpen: boolean;
}

export function openingsBetween(state: PoolState, before: Date, now: Date): Openings {
  const holidays = state.policies.map(({ rules }) => rules.holidays);
  const wasAway = (agent: PoolAgent, days: string[]): boolean =>
    absenceAt(agent.availability, days, before) !== undefined &&
    absenceAt(agent.availability, days, now) === undefined;
  return {
    agents: [...state.agents.values()].filter((agent) => holidays.some((days) => wasAway(agent, days))),
    isWindowOpen: state.policies.some(({ rules: { call_window: window } }) =>
      timeZoneSets.some(
        (zones) => window && !isOpenIn(window, zones, before) && isOpenIn(window, zones, now),
      ),
    ),
  };
}
