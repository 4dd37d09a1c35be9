import { LeadPriority } from '../enums/index.js';

/** The type of a lead, as columns over `leads l`: what leads that behave alike have in common. */
export const SPECIALTY = `coalesce(nullif(trim(split_part(l.specialties, ',', 1)), ''), nullif(trim(l.category), ''), 'Unknown')`;
export const STATE = `coalesce(l.state, 'Unknown')`;

export const PRACTICE_SIZE = `CASE WHEN l.providers IS NULL THEN 'unknown' WHEN l.providers = 1 THEN 'solo'
  WHEN l.providers <= 5 THEN '2-5' WHEN l.providers <= 20 THEN '6-20' ELSE '21+' END`;

export const SCORE_RANGE = `CASE WHEN l.score >= 90 THEN '90-100' WHEN l.score >= 80 THEN '80-89' WHEN l.score >= 70 THEN '70-79'
  WHEN l.score >= 60 THEN '60-69' ELSE '0-59' END`;

/** Whether anybody ever reached out. */
export const CONTACTED = `(l.contact_attempts > 0 OR l.status NOT IN ('NEW', 'RECYCLED'))`;

/** What is known of a lead, as one number: 1 a phone number, 2 an NPI, 4 a whole address, 8 it was recycled. */
export const QUALITY = `((l.practice_phone IS NOT NULL OR l.owner_phone IS NOT NULL)::int + (l.npi IS NOT NULL)::int * 2
  + (num_nulls(l.address, l.city, l.state, l.zip_code) = 0)::int * 4 + (l.times_recycled > 0)::int * 8)`;

const SIZES = ['unknown', 'solo', '2-5', '6-20', '21+'];
const SCORE_RANGES = ['0-59', '60-69', '70-79', '80-89', '90-100'];
const PRIORITIES = Object.values(LeadPriority);
const array = (names: readonly string[]): string => `ARRAY['${names.join("', '")}']`;
const place = (names: readonly string[], name: string): string => `array_position(${array(names)}, ${name})`;

/** Practice size, score range and priority of a lead as one number below 125; the three below take it apart, over `bucket`. */
export const TYPE = `((${place(SIZES, PRACTICE_SIZE)} - 1) * 25 + (${place(SCORE_RANGES, SCORE_RANGE)} - 1) * 5
  + ${place(PRIORITIES, 'l.priority::text')} - 1)`;
export const SIZE_OF_TYPE = `(${array(SIZES)})[bucket / 25 + 1]`;
export const SCORE_RANGE_OF_TYPE = `(${array(SCORE_RANGES)})[bucket / 5 % 5 + 1]`;
export const PRIORITY_OF_TYPE = `(${array(PRIORITIES)})[bucket % 5 + 1]`;
