import { withoutCityAndState } from './street-address.js';

describe('withoutCityAndState', () => {
  it.each([
    ['1 HARBOR PL, SUITE 2, BALTIMORE, MD', '1 HARBOR PL, SUITE 2'],
    ['1 Harbor Pl, Baltimore, md', '1 Harbor Pl'],
    ['BALTIMORE, MD', ''],
    ['1 BALTIMORE, MD', '1 BALTIMORE, MD'],
    ['1 HARBOR PL, ANNAPOLIS, MD', '1 HARBOR PL, ANNAPOLIS, MD'],
    ['1 HARBOR PL', '1 HARBOR PL'],
  ])('makes %p %p in Baltimore', (address, street) =>
    expect(withoutCityAndState(address, 'BALTIMORE', 'MD')).toBe(street),
  );

  it('leaves the address alone where city or state is unknown', () => {
    expect(withoutCityAndState('1 HARBOR PL, BALTIMORE, MD', null, 'MD')).toBe('1 HARBOR PL, BALTIMORE, MD');
    expect(withoutCityAndState('1 HARBOR PL, BALTIMORE, MD', 'BALTIMORE', null)).toContain('BALTIMORE');
  });
});
