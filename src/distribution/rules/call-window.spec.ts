import { CallClock, CallWindow } from './call-window.js';

const office: CallWindow = { from: '09:00', to: '17:00' };
const at = (time: string) => new CallClock(new Date(time));
const baltimore = { state: 'MD', zipCode: '21201' };
const austin = { state: 'TX', zipCode: '78701' };
const honolulu = { state: 'HI', zipCode: '96813' };
const somewhere = { state: null, zipCode: null };

describe('a call window', () => {
  it('is open by the practice’s own clock', () => {
    // 13:30 UTC in January: 08:30 in Baltimore, 07:30 in Austin. An hour later Baltimore is at work.
    expect(at('2026-01-14T13:30:00Z').isOpen(office, baltimore)).toBe(false);
    expect(at('2026-01-14T14:00:00Z').isOpen(office, baltimore)).toBe(true);
    expect(at('2026-01-14T14:30:00Z').isOpen(office, austin)).toBe(false);
    expect(at('2026-01-14T22:00:00Z').isOpen(office, baltimore)).toBe(false);
    expect(at('2026-01-14T22:00:00Z').isOpen(office, honolulu)).toBe(true);
    // In summer the clocks are turned, but not in Honolulu.
    expect(at('2026-07-15T13:00:00Z').isOpen(office, baltimore)).toBe(true);
  });

  it('of a practice that may be anywhere is open when it is on both coasts', () => {
    expect(at('2026-01-14T16:00:00Z').isOpen(office, somewhere)).toBe(false);
    expect(at('2026-01-14T17:00:00Z').isOpen(office, somewhere)).toBe(true);
    expect(at('2026-01-14T22:30:00Z').isOpen(office, somewhere)).toBe(false);
  });

  it('keeps to its weekdays, and none at all is always', () => {
    const weekdays: CallWindow = { ...office, days: ['mon', 'tue', 'wed', 'thu', 'fri'] };
    expect(at('2026-01-17T15:00:00Z').isOpen(weekdays, baltimore)).toBe(false);
    expect(at('2026-01-17T15:00:00Z').isOpen(office, baltimore)).toBe(true);
    expect(at('2026-01-17T04:00:00Z').isOpen(null, baltimore)).toBe(true);
  });

  it.each<[string, CallWindow, { state: string | null; zipCode: string | null }, string]>([
    ['2026-01-14T13:30:00Z', office, baltimore, '2026-01-14T14:00:00.000Z'],
    ['2026-01-14T22:30:00Z', office, baltimore, '2026-01-15T14:00:00.000Z'],
    ['2026-01-14T15:00:00Z', office, baltimore, '2026-01-14T15:00:00.000Z'],
    ['2026-01-14T14:00:00Z', office, somewhere, '2026-01-14T17:00:00.000Z'],
    ['2026-01-17T15:00:00Z', { ...office, days: ['wed'] }, baltimore, '2026-01-21T14:00:00.000Z'],
    // The night in which the clocks are turned.
    ['2026-03-07T23:00:00Z', office, baltimore, '2026-03-08T13:00:00.000Z'],
  ])('asked at %s opens next when it says', (now, window, place, opening) =>
    expect(at(now).nextOpening(window, place)?.toISOString()).toBe(opening),
  );
});
