import { EntityType } from '../enums/index.js';
import { npiCheckDigit } from '../leads/fields/npi.js';
import { FIRST_NAMES, LANDMARKS, LAST_NAMES, STREET_SUFFIXES, STREETS } from './demo-names.js';
import { PLACES, Place } from './demo-places.js';
import { DEMO_SPECIALTIES, DemoSpecialty } from './demo-specialties.js';
import type { SeededRandom } from './seeded-random.js';

/** A made-up medical practice. */
export interface DemoPractice {
  practiceName: string | null;
  ownerName: string | null;
  practicePhone: string | null;
  ownerPhone: string | null;
  address: string;
  city: string;
  state: string;
  zipCode: string;
  ein: string | null;
  npi: string;
  entityType: EntityType;
  providers: number;
  specialties: string;
  isSoleProprietor: boolean;
  category: string;
}

const BY_WEIGHT = DEMO_SPECIALTIES.flatMap((specialty) =>
  Array.from({ length: specialty.weight }, () => specialty),
);
/** Assignable, so that only the intended EINs look wrong. */
const EIN_PREFIXES = ['20', '26', '27', '45', '46', '47', '81', '82', '83', '84'];
/** NPIs begin with 1 or 2, and none that begins with 2 has been given out yet: these are nobody's. */
const FIRST_NPI_STEM = 200_000_000;

/** @param number different for each practice, below 1,000,000; the NPI follows from it */
export function aPractice(number: number, random: SeededRandom): DemoPractice {
  const specialty = random.pick(BY_WEIGHT);
  const place = random.pick(PLACES);
  const owner = { first: random.pick(FIRST_NAMES), last: random.pick(LAST_NAMES) };
  const isIndividual = random.chance(0.25);
  return {
    practiceName: isIndividual
      ? `${owner.first} ${owner.last}, ${specialty.degree}`
      : organizationName(specialty, owner.last, random),
    ownerName: random.chance(0.92) ? `Dr. ${owner.first} ${owner.last}` : null,
    practicePhone: fictionalPhone(place, random),
    ownerPhone: random.chance(0.45) ? fictionalPhone(place, random) : null,
    address: streetAddress(random),
    city: place.city,
    state: place.state,
    zipCode: place.zipPrefix + String(random.integer(1, 45)).padStart(2, '0'),
    ein: random.chance(0.12) ? `${random.pick(EIN_PREFIXES)}-00${random.integer(10_000, 99_999)}` : null,
    npi: npiOf(number),
    entityType: isIndividual ? EntityType.INDIVIDUAL : EntityType.ORGANIZATION,
    providers: isIndividual ? 1 : Math.max(1, Math.round(14 * random.next() ** 2)),
    specialties: specialty.specialties,
    isSoleProprietor: isIndividual && random.chance(0.7),
    category: specialty.category,
  };
}

function organizationName(specialty: DemoSpecialty, ownerLastName: string, random: SeededRandom): string {
  const what = random.pick(specialty.names);
  if (random.chance(0.55)) return `${random.pick(LANDMARKS)} ${what}`;
  const partners = LAST_NAMES.filter((name) => name !== ownerLastName);
  return random.chance(0.5)
    ? `${ownerLastName} & ${random.pick(partners)} ${what}`
    : `${ownerLastName} ${what}`;
}

/** 555-0100 to 555-0199 are kept free for fiction in every area code. */
function fictionalPhone({ areaCode }: Place, random: SeededRandom): string {
  return `(${areaCode}) 555-${String(random.integer(100, 199)).padStart(4, '0')}`;
}

function streetAddress(random: SeededRandom): string {
  const suite = random.chance(0.4) ? `, Suite ${random.integer(1, 48) * 10}` : '';
  return `${random.integer(10, 9_900)} ${random.pick(STREETS)} ${random.pick(STREET_SUFFIXES)}${suite}`;
}

function npiOf(number: number): string {
  const stem = String(FIRST_NPI_STEM + number * 97);
  return stem + npiCheckDigit(stem);
}
