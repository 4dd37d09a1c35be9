import { winRateInterval, winRateLowerBound } from './win-rate.js';

describe('winRateLowerBound', () => {
  it('is worth nothing when nothing is closed', () => {
    expect(winRateLowerBound(0, 0)).toBe(0);
    expect(winRateInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('agrees with the published values', () => {
    // Newcombe (1998), table I: 81 of 263 and 0 of 20.
    expect(winRateInterval(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(winRateInterval(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(winRateInterval(0, 20)).toEqual({ low: 0, high: expect.closeTo(0.1611, 4) as number });
  });

  it('puts 40 of 60 before 1 of 1', () => {
    expect(winRateLowerBound(40, 60)).toBeGreaterThan(winRateLowerBound(1, 1));
  });

  it('refuses more won than closed', () => {
    expect(() => winRateLowerBound(2, 1)).toThrow(RangeError);
  });
});
