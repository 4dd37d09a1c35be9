import { isContact } from '../activities/activity.policy.js';
import { LeadPriority, LeadSource, LeadStatus } from '../enums/index.js';
import { priorityOfScore, scoreLead } from '../leads/fields/scoring.js';
import { courseTo, DemoActivity, DemoMove, plannedWork } from './demo-activities.js';
import { withDefect } from './demo-defects.js';
import { aPractice, DemoPractice } from './demo-practices.js';
import { DemoStage, demoStages, timesOf } from './demo-stages.js';
import { SeededRandom } from './seeded-random.js';

/** A lead of the demo; users go by their username. */
export interface DemoLead extends DemoPractice {
  score: number;
  priority: LeadPriority;
  scoringBreakdown: Record<string, number>;
  status: LeadStatus;
  source: LeadSource;
  agent: string | null;
  assignedAt: Date | null;
  lastContactDate: Date | null;
  nextFollowUp: Date | null;
  contactAttempts: number;
  recyclingEligibleAt: Date | null;
  timesRecycled: number;
  previousAgents: string[];
  createdAt: Date;
  updatedAt: Date;
  firstContactAt: Date | null;
  /** Dollars, when it was won. */
  dealValue: number | null;
  /** By `agent`, oldest first. */
  activities: DemoActivity[];
  /** The statuses that it went through, NEW first. */
  moves: DemoMove[];
}

const SEED = 20_250_722;
const DAY_MS = 86_400_000;
const SOURCES: readonly LeadSource[] = [
  ...Array<LeadSource>(12).fill(LeadSource.NPPES_EXTRACTION),
  ...Array<LeadSource>(3).fill(LeadSource.REFERRAL),
  ...Array<LeadSource>(3).fill(LeadSource.MARKETING),
  LeadSource.MANUAL_ENTRY,
  LeadSource.IMPORT,
];

/**
 * 500 made-up leads, the same ones each time, oldest first; only their times follow `now`.
 *
 * @param now when the demo begins: what happened lies in the 90 days before, what is planned after
 */
export function demoLeads(now: Date): DemoLead[] {
  const random = new SeededRandom(SEED);
  return random
    .shuffled(demoStages())
    .map((stage, index) => withDefect(index, aLead(index, stage, now, random)))
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

function aLead(number: number, stage: DemoStage, now: Date, random: SeededRandom): DemoLead {
  const practice = aPractice(number, random);
  const { score, breakdown } = scoreLead(practice);
  const { createdAt, assignedAt, lastWorkedAt, recycledAt } = timesOf(stage, now, random);
  const course =
    assignedAt && lastWorkedAt
      ? courseTo(stage.status, assignedAt, lastWorkedAt, random)
      : { activities: [], moves: [] };
  const contacts = course.activities.filter(isContact).map(({ createdAt: at }) => at);
  const last = course.activities.at(-1);
  const followUp = stage.isOpen && last ? (last.scheduledAt ?? dueSoon(now, random)) : null;
  const isPlanned = followUp !== null && last?.scheduledAt === null && random.chance(0.6);
  const recycled = recycledAt ? [{ status: LeadStatus.RECYCLED, at: recycledAt, reason: 'untouched' }] : [];
  return {
    ...practice,
    score,
    priority: priorityOfScore(score),
    scoringBreakdown: breakdown,
    status: stage.status,
    source: random.pick(SOURCES),
    agent: stage.agent,
    assignedAt,
    lastContactDate: contacts.at(-1) ?? null,
    nextFollowUp: followUp,
    contactAttempts: contacts.length,
    firstContactAt: contacts[0] ?? null,
    dealValue:
      stage.status === LeadStatus.CLOSED_WON
        ? 250 * Math.round((practice.providers ?? 1) * random.between(6, 16) + random.between(12, 60))
        : null,
    recyclingEligibleAt: assignedAt && !last ? new Date(assignedAt.getTime() + DAY_MS) : null,
    timesRecycled: stage.previousAgents.length,
    previousAgents: stage.previousAgents,
    createdAt,
    updatedAt: recycledAt && !assignedAt ? recycledAt : (last?.createdAt ?? assignedAt ?? createdAt),
    activities: isPlanned
      ? [...course.activities, plannedWork(last?.createdAt ?? now, followUp, random)]
      : course.activities,
    moves: [{ status: LeadStatus.NEW, at: createdAt, reason: null }, ...recycled, ...course.moves],
  };
}

/** From overdue since yesterday to next week; half of it today. */
function dueSoon(now: Date, random: SeededRandom): Date {
  const days = random.chance(0.5) ? random.between(-0.1, 0.35) : random.between(-1, 8);
  return new Date(now.getTime() + days * DAY_MS);
}
