import { Availability } from '../rules/availability.js';
import { PolicyRules, withDefaults } from '../rules/policy-rules.js';
import { openingsBetween } from './openings.js';
import { PoolState } from './pool-state.js';

const NINE_IN_NEW_YORK = new Date('2026-01-14T14:00:00Z');
const minutesFrom = (time: Date, minutes: number) => new Date(time.getTime() + minutes * 60_000);

function state(availability: Partial<Availability> | null, rules: Partial<PolicyRules> = {}): PoolState {
  const agent = {
    id: 7,
    username: 'ann',
    fullName: 'Ann',
    managerId: null,
    load: 0,
    today: 0,
    thisHour: 0,
    won: 0,
    closed: 0,
    languages: [],
    specialties: [],
    availability: availability && {
      timeZone: 'America/New_York',
      hours: null,
      daysOff: [],
      pausedAt: null,
      pausedUntil: null,
      ...availability,
    },
  };
  const policy = {
    id: 1,
    versionId: 1,
    name: 'Default',
    managerId: null,
    servedLast: 0,
    candidatesOfLast: null,
    deviations: new Map<number, number>(),
    rules: withDefaults({ strategy: 'round_robin', target_active: 20, ...rules }),
  };
  return { agents: new Map([[7, agent]]), policies: [policy] };
}

const opened = (given: PoolState, now: Date) => {
  const { agents, isWindowOpen } = openingsBetween(given, minutesFrom(now, -2), now);
  return { agents: agents.map(({ id }) => id), isWindowOpen };
};

describe('openings', () => {
  it('are agents whose shift has begun, or whose pause is over', () => {
    const shift = state({ hours: { wed: [['09:00', '17:00']] } });
    expect(opened(shift, NINE_IN_NEW_YORK).agents).toEqual([7]);
    expect(opened(shift, minutesFrom(NINE_IN_NEW_YORK, 3)).agents).toEqual([]);
    expect(opened(shift, minutesFrom(NINE_IN_NEW_YORK, 480)).agents).toEqual([]);
    const paused = state({ pausedAt: new Date(0), pausedUntil: NINE_IN_NEW_YORK });
    expect(opened(paused, minutesFrom(NINE_IN_NEW_YORK, 1)).agents).toEqual([7]);
    expect(opened(state(null), NINE_IN_NEW_YORK).agents).toEqual([]);
  });

  it('are practices that can be called from now on, wherever', () => {
    const window = state(null, { call_window: { from: '09:00', to: '17:00' } });
    expect(opened(window, NINE_IN_NEW_YORK).isWindowOpen).toBe(true);
    expect(opened(window, minutesFrom(NINE_IN_NEW_YORK, 60)).isWindowOpen).toBe(true);
    expect(opened(window, minutesFrom(NINE_IN_NEW_YORK, 30)).isWindowOpen).toBe(false);
    expect(opened(state(null), NINE_IN_NEW_YORK).isWindowOpen).toBe(false);
  });
});
