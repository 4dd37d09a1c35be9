import { statesOfZipCode } from './zip-state.js';

const ZONES: Readonly<Record<string, string>> = {
  'America/New_York': 'CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV',
  'America/Chicago': 'AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI',
  'America/Denver': 'CO MT NM UT WY',
  'America/Boise': 'ID',
  'America/Phoenix': 'AZ',
  'America/Los_Angeles': 'CA NV OR WA',
  'America/Anchorage': 'AK',
  'Pacific/Honolulu': 'HI',
  'America/Puerto_Rico': 'PR VI',
  'Pacific/Guam': 'GU MP',
  'Pacific/Pago_Pago': 'AS',
  'Pacific/Chuuk': 'FM',
  'Pacific/Majuro': 'MH',
  'Pacific/Palau': 'PW',
};

/**
 * Where three digits of a ZIP code say otherwise than the state. Two zones where the border runs through the prefix.
 *
 * @see 49 CFR Part 71, Standard Time Zone Boundaries; prefixes from US Postal Service, Labeling List L002
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  // The Florida panhandle, west of the Apalachicola
  '324 325': 'America/Chicago',
  // Indiana around Gary and Evansville
  '463 464 476 477': 'America/Chicago',
  '475': 'America/New_York America/Chicago',
  // Kentucky in the west
  '420 421 422 423 424': 'America/Chicago',
  '426 427': 'America/New_York America/Chicago',
  // Michigan along Wisconsin
  '498 499': 'America/New_York America/Chicago',
  // Tennessee in the east
  '374 376 377 378 379': 'America/New_York',
  '373': 'America/New_York America/Chicago',
  // The west of Kansas, Nebraska and the Dakotas
  '677 678 690 691 692 575 576 585 588': 'America/Chicago America/Denver',
  '586 577 693': 'America/Denver',
  // Texas around El Paso
  '799 885': 'America/Denver',
  '798': 'America/Chicago America/Denver',
  // Idaho in the north, Oregon along Idaho, Nevada along Utah
  '838': 'America/Los_Angeles',
  '835': 'America/Boise America/Los_Angeles',
  '979': 'America/Boise',
  '898': 'America/Los_Angeles America/Denver',
};

/** Nobody can tell: whoever calls must be right on either coast. */
const ANYWHERE = ['America/New_York', 'America/Los_Angeles'];

const byState = new Map<string, string>();
for (const [zone, states] of Object.entries(ZONES))
  for (const state of states.split(' ')) byState.set(state, zone);
const byPrefix = new Map<string, string[]>();
for (const [prefixes, zones] of Object.entries(EXCEPTIONS))
  for (const prefix of prefixes.split(' ')) byPrefix.set(prefix, zones.split(' '));

/** All zones of a state, the one of most of it first. */
const zonesByState = new Map([...byState].map(([state, zone]) => [state, [zone]]));
for (const [prefix, zones] of byPrefix)
  for (const state of statesOfZipCode(prefix))
    zonesByState.set(state, [...new Set([...(zonesByState.get(state) ?? []), ...zones])]);

/** Every answer of `timeZonesOf`, or nearly: zones one by one, and those that stand together. */
export const timeZoneSets: readonly (readonly string[])[] = [
  ...Object.keys(ZONES).map((zone) => [zone]),
  ...zonesByState.values(),
  ...byPrefix.values(),
  ANYWHERE,
].filter((zones, index, all) => all.findIndex((other) => other.join() === zones.join()) === index);

/**
 * Time zones that a practice may be in, by its ZIP code and else its state: mostly one; more where the border is not known
 * so exactly, so that who wants to be sure minds all of them.
 *
 * @returns IANA names, never empty
 */
export function timeZonesOf(state: string | null, zipCode: string | null): readonly string[] {
  if (zipCode) {
    const exception = byPrefix.get(zipCode.slice(0, 3));
    if (exception) return exception;
    const zones = new Set(statesOfZipCode(zipCode).flatMap((its) => byState.get(its) ?? []));
    if (zones.size > 0) return [...zones];
  }
  return (state && zonesByState.get(state)) || ANYWHERE;
}
