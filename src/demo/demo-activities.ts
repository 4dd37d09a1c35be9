import { ActivityOutcome, ActivityType, LeadStatus } from '../enums/index.js';
import type { SeededRandom } from './seeded-random.js';
import { atWork } from './working-hours.js';

/** What an agent did about a lead, or has planned. */
export interface DemoActivity {
  activityType: ActivityType;
  subject: string;
  description: string | null;
  outcome: ActivityOutcome | null;
  durationMinutes: number | null;
  scheduledAt: Date | null;
  /** Empty when it is only planned. */
  completedAt: Date | null;
  createdAt: Date;
}

/** A status that a lead came into. */
export interface DemoMove {
  status: LeadStatus;
  at: Date;
  reason: string | null;
}

/** What an agent did about a lead, and how far that brought it. */
export interface DemoCourse {
  activities: DemoActivity[];
  moves: DemoMove[];
}

interface Step {
  type: ActivityType;
  outcome: ActivityOutcome | null;
  subject: string;
  description?: string;
  /** Shortest and longest. */
  minutes?: readonly [number, number];
  /** Where it brings the lead. */
  to?: LeadStatus;
}

const { CALL, EMAIL, MEETING, DEMO, FOLLOW_UP, NOTE, PROPOSAL } = ActivityType;
const { CONNECTED, VOICEMAIL, NO_ANSWER, BUSY, SCHEDULED, COMPLETED } = ActivityOutcome;

const ATTEMPTS: readonly Step[] = [
  { type: CALL, outcome: NO_ANSWER, subject: 'Called the front desk' },
  { type: CALL, outcome: VOICEMAIL, subject: 'Left a voicemail for the office manager', minutes: [1, 2] },
  { type: CALL, outcome: BUSY, subject: 'Line busy, will try after lunch hours' },
  { type: EMAIL, outcome: COMPLETED, subject: 'Sent an introduction' },
  { type: CALL, outcome: NO_ANSWER, subject: 'Tried the owner directly' },
];
const TOUCHES: readonly Step[] = [
  { type: EMAIL, outcome: COMPLETED, subject: 'Sent the case study they asked for' },
  { type: FOLLOW_UP, outcome: COMPLETED, subject: 'Checked whether the documents came through' },
  { type: CALL, outcome: VOICEMAIL, subject: 'Left a voicemail about next steps', minutes: [1, 2] },
  { type: CALL, outcome: CONNECTED, subject: 'Short call with the billing lead', minutes: [3, 9] },
  { type: NOTE, outcome: null, subject: 'Office manager is back on Thursdays' },
  { type: EMAIL, outcome: COMPLETED, subject: 'Answered questions about reimbursement' },
];
const FIRST_TALKS: readonly Step[] = [
  { type: CALL, outcome: CONNECTED, subject: 'Spoke with the office manager', minutes: [4, 14] },
  { type: CALL, outcome: CONNECTED, subject: 'Reached the owner', minutes: [3, 18] },
  { type: EMAIL, outcome: COMPLETED, subject: 'They answered and want to know more' },
];
const QUALIFYING: readonly Step[] = [
  {
    type: CALL,
    outcome: CONNECTED,
    subject: 'Needs and budget',
    description: 'Budget for this year is open; the owner decides.',
    minutes: [12, 30],
  },
  {
    type: MEETING,
    outcome: COMPLETED,
    subject: 'Visited the practice',
    description: 'About thirty suitable patients a month.',
    minutes: [25, 60],
  },
];
const DEMO_AGREED: Step = {
  type: CALL,
  outcome: CONNECTED,
  subject: 'Agreed on a date for the demo',
  minutes: [4, 12],
  to: LeadStatus.DEMO_SCHEDULED,
};
const DEMO_PLANNED: Step = {
  type: DEMO,
  outcome: SCHEDULED,
  subject: 'Product demo',
  to: LeadStatus.DEMO_SCHEDULED,
};
const DEMO_HELD: Step = { type: DEMO, outcome: COMPLETED, subject: 'Product demo', minutes: [25, 50] };
const PROPOSAL_SENT: Step = {
  type: PROPOSAL,
  outcome: COMPLETED,
  subject: 'Sent the proposal',
  to: LeadStatus.PROPOSAL_SENT,
};
const NEGOTIATION: readonly Step[] = [
  { type: MEETING, outcome: COMPLETED, subject: 'Terms and delivery', minutes: [20, 60] },
  { type: CALL, outcome: CONNECTED, subject: 'Discount for a two-year contract', minutes: [8, 25] },
];
const WON: Step = {
  type: FOLLOW_UP,
  outcome: COMPLETED,
  subject: 'Contract signed',
  to: LeadStatus.CLOSED_WON,
};
const LOST: readonly Step[] = [
  { type: NOTE, outcome: null, subject: 'Lost: stays with the present supplier' },
  { type: NOTE, outcome: null, subject: 'Lost: no budget before next year' },
  { type: NOTE, outcome: null, subject: 'Lost: practice was sold to a hospital group' },
];

/** What leads to each status; a status that is not here has no work behind it. */
const STEPS: Partial<Record<LeadStatus, (random: SeededRandom) => Step[]>> = {
  CONTACTED: (random) => contacted(random),
  QUALIFIED: (random) => qualified(random),
  DEMO_SCHEDULED: (random) => [...qualified(random), DEMO_PLANNED],
  PROPOSAL_SENT: (random) => proposed(random),
  NEGOTIATION: (random) => negotiated(random),
  CLOSED_WON: (random) => [...negotiated(random), ...some(random, TOUCHES, 1, 3), WON],
  CLOSED_LOST: (random) => [
    ...random.pick(LOST_AFTER)(random),
    ...some(random, TOUCHES, 1, 3),
    { ...random.pick(LOST), to: LeadStatus.CLOSED_LOST },
  ],
};

const some = (random: SeededRandom, steps: readonly Step[], from: number, to: number): Step[] =>
  Array.from({ length: random.integer(from, to) }, () => random.pick(steps));
const contacted = (random: SeededRandom): Step[] => [
  ...some(random, ATTEMPTS, 1, 5),
  { ...random.pick(FIRST_TALKS), to: LeadStatus.CONTACTED },
];
const qualified = (random: SeededRandom): Step[] => [
  ...contacted(random),
  ...some(random, TOUCHES, 1, 4),
  { ...random.pick(QUALIFYING), to: LeadStatus.QUALIFIED },
];
const proposed = (random: SeededRandom): Step[] => [
  ...qualified(random),
  ...some(random, TOUCHES, 0, 2),
  DEMO_AGREED,
  DEMO_HELD,
  ...some(random, TOUCHES, 1, 2),
  PROPOSAL_SENT,
];
const negotiated = (random: SeededRandom): Step[] => [
  ...proposed(random),
  ...some(random, TOUCHES, 0, 3),
  { ...random.pick(NEGOTIATION), to: LeadStatus.NEGOTIATION },
];

/** How far leads come that are lost in the end. */
const LOST_AFTER = [contacted, contacted, contacted, qualified, qualified, proposed, proposed, negotiated];

const HOUR_MS = 3_600_000;
/** Hours until the first attempt: most within the hour, some the next day. */
const FIRST_ATTEMPTS: readonly (readonly [number, number])[] = [
  [0.02, 0.09],
  [0.05, 0.5],
  [0.1, 1],
  [0.5, 4],
  [2, 20],
];

/**
 * The work that brought a lead to its status, oldest first and within the given time; a planned demo lies after it.
 *
 * @param from when the agent got the lead
 * @param to when the agent last worked it
 */
export function courseTo(status: LeadStatus, from: Date, to: Date, random: SeededRandom): DemoCourse {
  const steps = STEPS[status]?.(random) ?? [];
  const isWon = status === LeadStatus.CLOSED_WON;
  // Those who are called at once are won more often.
  const [soonest, latest] = FIRST_ATTEMPTS[random.integer(0, isWon && random.chance(0.8) ? 2 : 4)] ?? [0, 1];
  const first = Math.min(
    from.getTime() + random.between(soonest, latest) * HOUR_MS,
    from.getTime() + (to.getTime() - from.getTime()) / 2,
  );
  const share = (to.getTime() - first) / Math.max(1, steps.length - 1);
  let before = from.getTime();
  const activities = steps.map((step, index) => {
    const [within, place] = [random.between(-0.4, 0.4), random.next()];
    const wanted = index === 0 ? first : first + share * (index + within);
    const worked = index === 0 ? new Date(wanted) : atWork(new Date(wanted), place);
    const time =
      index === steps.length - 1 ? to.getTime() : Math.min(Math.max(worked.getTime(), before), to.getTime());
    before = time;
    return activityOf(step, new Date(time), random);
  });
  const moves = steps.flatMap(({ to: reached, subject }, index) => {
    const at = activities[index]?.createdAt;
    const reason = reached === LeadStatus.CLOSED_LOST ? subject.replace('Lost: ', '') : null;
    return reached && at ? [{ status: reached, at, reason }] : [];
  });
  return { activities, moves };
}

/** A callback or a task that was planned when the lead was last worked. */
export function plannedWork(at: Date, due: Date, random: SeededRandom): DemoActivity {
  const isCall = random.chance(0.75);
  return {
    activityType: isCall ? CALL : ActivityType.TASK,
    subject: isCall ? 'Call back as agreed' : 'Prepare the price list for their size',
    description: null,
    outcome: isCall ? SCHEDULED : null,
    durationMinutes: null,
    scheduledAt: due,
    completedAt: null,
    createdAt: at,
  };
}

function activityOf(step: Step, createdAt: Date, random: SeededRandom): DemoActivity {
  const planned = step.outcome === SCHEDULED;
  return {
    activityType: step.type,
    subject: step.subject,
    description: step.description ?? null,
    outcome: step.outcome,
    durationMinutes: step.minutes ? random.integer(...step.minutes) : null,
    scheduledAt: planned ? inDays(createdAt, random.between(7, 14)) : null,
    completedAt: planned ? null : createdAt,
    createdAt,
  };
}

const inDays = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);
