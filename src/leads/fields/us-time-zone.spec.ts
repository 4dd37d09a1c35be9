import { USPS_STATE_CODES } from './state.js';
import { timeZoneSets, timeZonesOf } from './us-time-zone.js';

describe('timeZonesOf', () => {
  it.each([
    ['MD', '21201', ['America/New_York']],
    ['FL', '33101', ['America/New_York']],
    ['FL', '32501', ['America/Chicago']],
    ['TN', '37201', ['America/Chicago']],
    ['TN', '37902', ['America/New_York']],
    ['TX', '79901', ['America/Denver']],
    ['TX', '75001-1234', ['America/Chicago']],
    ['AZ', '85001', ['America/Phoenix']],
    ['SD', '57701', ['America/Denver']],
    ['ID', '83814', ['America/Los_Angeles']],
    ['HI', '96801', ['Pacific/Honolulu']],
    ['PR', '00901', ['America/Puerto_Rico']],
    [null, '99501', ['America/Anchorage']],
    ['OH', null, ['America/New_York']],
  ])('knows %p %p to be in %p', (state, zip, zones) => expect(timeZonesOf(state, zip)).toEqual(zones));

  it('names every zone that it may be where the state alone, or nothing, is known', () => {
    expect(timeZonesOf('FL', null)).toEqual(['America/New_York', 'America/Chicago']);
    expect(timeZonesOf('KS', '67735')).toEqual(['America/Chicago', 'America/Denver']);
    expect(timeZonesOf(null, null)).toEqual(['America/New_York', 'America/Los_Angeles']);
    expect(timeZonesOf('AE', '09001')).toEqual(['America/New_York', 'America/Los_Angeles']);
  });

  it('names nothing but zones that there are, and one at least, for every state and prefix', () => {
    const sets = new Set(timeZoneSets.map((zones) => zones.join()));
    for (let prefix = 0; prefix < 1000; prefix++)
      for (const state of [null, ...USPS_STATE_CODES]) {
        const zones = timeZonesOf(state, String(prefix).padStart(3, '0'));
        if (!sets.has(zones.join()) && !zones.every((zone) => sets.has(zone)))
          throw new Error(`${state} ${prefix}: ${zones.join()}`);
      }
    for (const timeZone of [...timeZoneSets].flat()) new Intl.DateTimeFormat('en', { timeZone });
  });
});
