import { Batch, Dealt } from './batch.js';
import { dealInTurn } from './deal-in-turn.js';
import { dealTogether } from './deal-together.js';
import { TOLERANCE } from './tolerance.js';
import { chairmanBound } from './turns.js';

/** How a batch was dealt; kept in the log, so that it can be dealt again. */
export type DealRule = 'chairman' | 'furthest_below' | 'flow' | 'make_up';

/**
 * By which rule a batch is to be dealt.
 *
 * @param makesUp who is away, without capacity in the batch, keeps the turns that pass
 */
export function ruleFor(batch: Batch, makesUp = false): DealRule {
  if (makesUp && (isAnybodyAway(batch) || isAnybodyOff(batch))) return 'make_up';
  const isAlike = batch.groups.every((group) => isSameTable(group, batch.groups[0]));
  // A flow rounds: where shares are whole numbers it would leave a turn given back, or skipped, as it is for ever.
  if (isAlike && isAnybodyOff(batch)) return 'furthest_below';
  if (isAlike && batch.isSteady && hasRoomForAll(batch)) return 'chairman';
  return batch.leads.length === 1 ? 'furthest_below' : 'flow';
}

export function dealBy(rule: DealRule, batch: Batch): Dealt {
  if (rule === 'flow') return dealTogether(batch);
  if (rule === 'make_up') return dealInTurn({ ...batch, isSteady: false }, true);
  return dealInTurn({ ...batch, isSteady: rule === 'chairman' });
}

/**
 * Whether Tijdeman's rule may go on: the candidates are as they were, or nobody is owed anything, and the deviations are such
 * as that rule leaves them.
 */
export function isSteady(deviations: readonly number[], candidatesAreTheSame: boolean): boolean {
  const isFresh = deviations.every((deviation) => Math.abs(deviation) < TOLERANCE);
  const bound = chairmanBound(deviations.length);
  return (
    isFresh ||
    (candidatesAreTheSame && deviations.every((deviation) => Math.abs(deviation) <= bound + TOLERANCE))
  );
}

const isAnybodyAway = ({ groups, capacity }: Batch): boolean =>
  groups.some(({ candidates }) => candidates.some((agent) => (capacity[agent] ?? 0) === 0));

/** By a lead or more. */
const isAnybodyOff = ({ groups, deviation }: Batch): boolean =>
  groups.some(({ candidates }) =>
    candidates.some((agent) => Math.abs(deviation[agent] ?? 0) >= 1 - TOLERANCE),
  );

const isSameTable = (one: Batch['groups'][number], other: Batch['groups'][number] | undefined): boolean =>
  other !== undefined &&
  one.candidates.length === other.candidates.length &&
  one.candidates.every((agent, place) => agent === other.candidates[place]) &&
  one.weights.every((weight, place) => weight === other.weights[place]);

/** Tijdeman's rule counts on everybody being able to take their share, rounded up twice at worst. */
function hasRoomForAll({ groups, leads, capacity }: Batch): boolean {
  const [group] = groups;
  if (!group) return false;
  const total = group.weights.reduce((sum, weight) => sum + weight, 0);
  return group.candidates.every((agent, place) => {
    const share = (leads.length * (group.weights[place] ?? 0)) / total;
    return (capacity[agent] ?? 0) >= Math.min(leads.length, Math.ceil(share) + 1);
  });
}
