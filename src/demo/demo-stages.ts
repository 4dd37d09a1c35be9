import { LeadStatus } from '../enums/index.js';
import { DEMO_USERS } from './demo-users.js';
import type { SeededRandom } from './seeded-random.js';
import { atWork } from './working-hours.js';

/** How far a lead has come and with whom. */
export interface DemoStage {
  status: LeadStatus;
  agent: string | null;
  previousAgents: string[];
  /** Whether an agent is working it. */
  isOpen: boolean;
}

/** When what happened to a lead happened. */
export interface DemoTimes {
  createdAt: Date;
  assignedAt: Date | null;
  lastWorkedAt: Date | null;
  recycledAt: Date | null;
}

const { NEW, CONTACTED, QUALIFIED, DEMO_SCHEDULED, PROPOSAL_SENT, NEGOTIATION } = LeadStatus;
const { CLOSED_WON, CLOSED_LOST, RECYCLED } = LeadStatus;

/** An agent's 20 active leads; whoever has fewer lacks the last ones. */
const ACTIVE: readonly LeadStatus[] = [
  ...[
    CONTACTED,
    CONTACTED,
    NEW,
    QUALIFIED,
    CONTACTED,
    NEW,
    QUALIFIED,
    DEMO_SCHEDULED,
    CONTACTED,
    PROPOSAL_SENT,
  ],
  ...[
    CONTACTED,
    NEW,
    QUALIFIED,
    NEGOTIATION,
    CONTACTED,
    DEMO_SCHEDULED,
    QUALIFIED,
    CONTACTED,
    NEW,
    PROPOSAL_SENT,
  ],
];
/** For agent1 and on: active, won and lost leads. */
const WORKLOADS: readonly (readonly [active: number, won: number, lost: number])[] = [
  [20, 9, 8],
  [20, 7, 9],
  [19, 5, 10],
  [20, 8, 7],
  [18, 4, 11],
  [20, 6, 8],
  [20, 7, 9],
  [17, 3, 10],
];
/** Every so many leads of an agent somebody else had before. */
const TRIED_AGAIN = 7;
const RECYCLED_LEADS = 25;
const POOL_LEADS = 200;
const AGENTS = DEMO_USERS.filter(({ role }) => role === 'agent').map(({ username }) => username);
const DAY_MS = 86_400_000;
/** Days from Monday morning back to Friday, by which a time can be moved into working hours. */
const LONGEST_BREAK = 2.5;

/** The stages of all 500 leads: the agents' own ones, recycled ones, and a pool that nobody has had yet. */
export function demoStages(): DemoStage[] {
  const owned = WORKLOADS.flatMap(([active, won, lost], index) => {
    const agent = AGENTS[index] ?? null;
    const statuses = [
      ...ACTIVE.slice(0, active),
      ...Array<LeadStatus>(won).fill(CLOSED_WON),
      ...Array<LeadStatus>(lost).fill(CLOSED_LOST),
    ];
    return statuses.map((status, position) => ({
      status,
      agent,
      // Some had been given back by a colleague before.
      previousAgents:
        position % TRIED_AGAIN === TRIED_AGAIN - 1 ? [AGENTS[(index + 3) % AGENTS.length] ?? ''] : [],
      isOpen: position < active,
    }));
  });
  const recycled = Array.from({ length: RECYCLED_LEADS }, (_, index) => ({
    status: RECYCLED,
    agent: null,
    previousAgents: AGENTS.slice(index % AGENTS.length).slice(0, index % 5 === 0 ? 2 : 1),
    isOpen: false,
  }));
  const pool = Array.from({ length: POOL_LEADS }, () => ({
    status: NEW,
    agent: null,
    previousAgents: [],
    isOpen: false,
  }));
  return [...owned, ...recycled, ...pool];
}

/** Times within the 90 days before `now`, each in its order. */
export function timesOf(stage: DemoStage, now: Date, random: SeededRandom): DemoTimes {
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  if (stage.agent === null) {
    const isRecycled = stage.status === RECYCLED;
    return {
      createdAt: daysAgo(isRecycled ? random.between(20, 90) : random.between(0.05, 90)),
      assignedAt: null,
      lastWorkedAt: null,
      recycledAt: isRecycled ? daysAgo(random.between(0.5, 15)) : null,
    };
  }
  if (stage.status === NEW) {
    // Assigned and not yet called: after 24 hours it would go back to the pool.
    const assigned = random.between(0.05, 0.7);
    return {
      createdAt: daysAgo(assigned + random.between(0.1, 60)),
      assignedAt: daysAgo(assigned),
      lastWorkedAt: null,
      recycledAt: null,
    };
  }
  const assigned = stage.isOpen ? random.between(2, 40) : random.between(6, 68);
  const isToday = !stage.isOpen && random.chance(0.07);
  const ended = Math.max(random.between(0.02, 2), assigned - random.between(5, 35));
  const worked = isToday
    ? random.between(0.005, 0.2)
    : stage.isOpen
      ? random.between(0.02, Math.min(assigned - 1, 6))
      : ended;
  const [place, age] = [random.next(), random.between(0.1, 11)];
  const assignedAt = atWork(daysAgo(assigned), place);
  const lastWorkedAt = isToday ? daysAgo(worked) : atWork(daysAgo(worked), random.next());
  return {
    createdAt: daysAgo(assigned + age + (stage.previousAgents.length > 0 ? 5 : 0) + LONGEST_BREAK),
    assignedAt,
    lastWorkedAt: lastWorkedAt > assignedAt ? lastWorkedAt : daysAgo(worked),
    recycledAt: stage.previousAgents.length > 0 ? daysAgo(assigned + LONGEST_BREAK) : null,
  };
}
