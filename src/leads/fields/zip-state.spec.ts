import { USPS_STATE_CODES } from './state.js';
import { statesOfZipCode } from './zip-state.js';

describe('statesOfZipCode', () => {
  it.each([
    ['92270', ['CA']],
    ['21201-5678', ['MD']],
    ['07030', ['NJ']],
    ['00501', ['NY']],
    ['20101', ['VA']],
    ['73301', ['TX']],
    ['00801', ['VI']],
    ['06390', ['CT', 'NY']],
    ['96910', ['FM', 'GU', 'MH', 'MP', 'PW']],
    ['00001', []],
    ['', []],
  ])('%p lies in %p', (zipCode, states) => expect(statesOfZipCode(zipCode)).toEqual(states));

  it('has ZIP codes for every state, and shares few prefixes among states', () => {
    const prefixes = Array.from({ length: 1000 }, (_, index) => String(index).padStart(3, '0'));
    const states = prefixes.map(statesOfZipCode);
    expect(new Set(states.flat())).toEqual(new Set(USPS_STATE_CODES));
    expect(prefixes.filter((_, index) => (states[index]?.length ?? 0) > 1)).toEqual([
      '063',
      '834',
      '967',
      '969',
    ]);
  });
});
