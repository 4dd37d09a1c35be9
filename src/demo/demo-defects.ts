import type { DemoPractice } from './demo-practices.js';

/** Faults such as real lists have, so that the data-quality findings have something to find. */
const DEFECTS: readonly ((practice: DemoPractice) => Partial<DemoPractice>)[] = [
  ({ npi }) => ({ npi: npi.slice(0, 9) + ((Number(npi[9]) + 5) % 10) }),
  () => ({ ein: '00-0012345' }),
  () => ({ practicePhone: null, ownerPhone: null }),
  () => ({ practiceName: null }),
  ({ zipCode }) => ({ zipCode: `${zipCode}.0` }),
  () => ({ practicePhone: '555' }),
  () => ({ zipCode: '00601' }),
  ({ address, city, state }) => ({ address: `${address}, ${city}, ${state}` }),
];
const EVERY = 33;

/** Spoils every 33rd practice, in turn in another way. */
export function withDefect<Practice extends DemoPractice>(index: number, practice: Practice): Practice {
  if (index % EVERY !== EVERY - 1) return practice;
  const spoil = DEFECTS[Math.floor(index / EVERY) % DEFECTS.length];
  return { ...practice, ...spoil?.(practice) };
}
