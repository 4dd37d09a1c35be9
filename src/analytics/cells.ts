import { FUNNEL, MOST_RECYCLED, OPEN_STATUSES, SPEED_NAMES } from './contributions.sql.js';
import type { DrillDownQuery, DrillReport } from './dto/drill-down.dto.js';
import { OPEN_MEASURES } from './open-leads.sql.js';
import { TODAY } from './report.sql.js';
import { AGES } from './stuck-leads.repository.js';
import { closedBy, DIMENSION_COUNTS } from './win-rates.repository.js';

/** Which counts a figure of a report is made of. */
export interface Cell {
  /** Condition on counts `c`; $8 is the key. */
  where: string;
  key?: string;
  /** Whether it is about what stands now, whenever it came about. */
  anyDay?: boolean;
}

type CellOf = (key: string, figure: string | undefined, query: DrillDownQuery) => Cell | undefined;

const is = (...measures: string[]): string => `c.measure IN ('${measures.join("', '")}')`;
const OUTCOMES: Readonly<Record<string, readonly ('won' | 'lost')[]>> = {
  won: ['won'],
  lost: ['lost'],
  closed: ['won', 'lost'],
};
const outcomesOf = (figure = 'closed') => OUTCOMES[figure];
const bits: Readonly<Record<string, number>> = { phone: 1, npi: 2, address: 4 };
const DAY = /^\d{4}-\d\d-\d\d$/;

const ofTotals: CellOf = (key, figure) => {
  if (key === 'activities') {
    return figure === undefined
      ? { where: `c.measure LIKE 'activity\\_%'` }
      : { where: `c.measure = 'activity_' || $8`, key: figure };
  }
  const measures = {
    arrived: ['arrived'],
    first_contacts: ['first_contact'],
    won: ['won'],
    lost: ['lost'],
    closed: ['won', 'lost'],
  }[key];
  return measures && figure === undefined ? { where: is(...measures) } : undefined;
};

const ofFunnel: CellOf = (key, figure) => {
  if (figure !== undefined) return undefined;
  if (key === 'lost') return { where: is('status_CLOSED_LOST') };
  if (!FUNNEL.some((status) => status === key)) return undefined;
  return { where: is(key === 'NEW' ? 'arrived' : `reached_${key}`) };
};

const ofCohorts: CellOf = (key, figure = 'arrived') => {
  const measure = {
    arrived: 'arrived',
    contacted: 'reached_CONTACTED',
    qualified: 'reached_QUALIFIED',
    won: 'status_CLOSED_WON',
    lost: 'status_CLOSED_LOST',
  }[figure];
  if (!measure || !DAY.test(key) || Number.isNaN(Date.parse(key))) return undefined;
  return { where: `${is(measure)} AND date_trunc('week', c.day::timestamp) = $8::timestamp`, key };
};

const ofSpeed: CellOf = (key, figure) => {
  const bucket = (SPEED_NAMES as readonly string[]).indexOf(key);
  const outcomes = figure === undefined ? ['won', 'lost', 'open'] : outcomesOf(figure);
  if (bucket < 0 || !outcomes) return undefined;
  return { where: `${is(...outcomes.map((outcome) => `speed_${outcome}`))} AND c.bucket = ${bucket}` };
};

const ofWinRates: CellOf = (key, figure, { by = 'source' }) => {
  const outcomes = outcomesOf(figure);
  return outcomes && { where: `${closedBy(by, outcomes)} AND ${DIMENSION_COUNTS[by].key} = $8`, key };
};

const ofHeatMap: CellOf = (key, figure) => {
  const [, weekday, hour] = /^([1-7])-(\d|1\d|2[0-3])$/.exec(key) ?? [];
  if (weekday === undefined || (figure !== undefined && figure !== 'connected')) return undefined;
  return {
    where: `${is(figure ?? 'hour')} AND extract(isodow FROM c.day) = ${weekday} AND c.bucket = ${hour}`,
  };
};

const ofPipeline: CellOf = (key, figure) => {
  if (!OPEN_STATUSES.some((status) => status === key)) return undefined;
  if (figure === undefined) return { where: is(`in_${key}`), anyDay: true };
  const outcomes = outcomesOf(figure);
  return outcomes && { where: is(...outcomes.map((outcome) => `from_${key}_${outcome}`)) };
};

const ofStuckLeads: CellOf = (key, figure, { days = 14 }) => {
  const [, low, high] =
    key === 'stuck' ? [key, days, 1_000_000] : (AGES.find(([name]) => name === key) ?? []);
  if (low === undefined || figure !== undefined) return undefined;
  return {
    where: `c.measure IN ${OPEN_MEASURES} AND ${TODAY} - c.day BETWEEN ${low} AND ${high}`,
    anyDay: true,
  };
};

const ofSources: CellOf = (key, figure) => {
  const where = `${is('quality_won', 'quality_lost', 'quality_open')} AND c.source = $8`;
  if (figure === undefined) return { where, key };
  if (figure === 'recycled') return { where: `${where} AND c.bucket & 8 > 0`, key };
  const [, sense, what = ''] = /^(with|without)_(\w+)$/.exec(figure) ?? [];
  const bit = bits[what];
  return bit ? { where: `${where} AND c.bucket & ${bit} ${sense === 'with' ? '>' : '='} 0`, key } : undefined;
};

const ofRecycling: CellOf = (key, figure) => {
  const all = { waiting: 'waiting', working: 'open', won: 'won', lost: 'lost' };
  const outcomes = figure === undefined ? Object.values(all) : [all[figure as keyof typeof all]];
  const times = Number(key);
  if (!(Number.isInteger(times) && times >= 1 && times <= MOST_RECYCLED) || outcomes[0] === undefined)
    return undefined;
  return { where: `${is(...outcomes.map((outcome) => `recycled_${outcome}`))} AND c.bucket = ${times}` };
};

const CELLS: Readonly<Record<Exclude<DrillReport, 'fairness'>, CellOf>> = {
  totals: ofTotals,
  funnel: ofFunnel,
  cohorts: ofCohorts,
  'speed-to-lead': ofSpeed,
  'win-rates': ofWinRates,
  'heat-map': ofHeatMap,
  pipeline: ofPipeline,
  'stuck-leads': ofStuckLeads,
  sources: ofSources,
  recycling: ofRecycling,
};

/** @returns undefined when the report has no such figure */
export function cellOf(report: Exclude<DrillReport, 'fairness'>, query: DrillDownQuery): Cell | undefined {
  const of = CELLS[report];
  const whole = of(query.cell, undefined, query);
  // Specialties may have colons in them: only a figure that the report knows is cut off.
  const colon = query.cell.lastIndexOf(':');
  const part = colon < 1 ? undefined : of(query.cell.slice(0, colon), query.cell.slice(colon + 1), query);
  return part ?? whole;
}
