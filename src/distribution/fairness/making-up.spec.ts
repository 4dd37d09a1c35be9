import fc from 'fast-check';
import { Batch, deviationsAfter } from './batch.js';
import { dealBy, ruleFor } from './deal.js';
import { dealInTurn } from './deal-in-turn.js';

const HISTORIES = 2_000;
const CLOSE = 1e-6;

/** Leads that come while some are away. */
interface Spell {
  leads: number;
  away: boolean[];
}

const history = fc.integer({ min: 2, max: 5 }).chain((agents) =>
  fc.record({
    weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: agents, maxLength: agents }),
    spells: fc.array(
      fc.record({
        leads: fc.integer({ min: 1, max: 5 }),
        away: fc.array(fc.boolean(), { minLength: agents, maxLength: agents }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
);

class Ledger {
  private deviation: number[];
  private servedLast = 0;
  readonly received: number[];

  constructor(private readonly weights: number[]) {
    this.deviation = weights.map(() => 0);
    this.received = weights.map(() => 0);
  }

  get deviations(): readonly number[] {
    return this.deviation;
  }

  /** As a run does it: by the rule that is due, with nobody who is away being given anything. */
  deal({ leads, away }: Spell): void {
    const batch: Batch = {
      agents: this.weights.map((_, agent) => agent + 1),
      capacity: away.map((isAway) => (isAway ? 0 : 1_000)),
      deviation: this.deviation,
      groups: [{ candidates: this.weights.map((_, agent) => agent), weights: this.weights }],
      leads: Array.from({ length: leads }, () => 0),
      servedLast: this.servedLast,
      isSteady: false,
    };
    if (away.every(Boolean)) return;
    const dealt = dealBy(ruleFor(batch, true), batch);
    for (const owner of dealt.owners) {
      if (away[owner]) throw new Error('somebody who is away was given a lead');
      this.received[owner] = (this.received[owner] ?? 0) + 1;
    }
    this.deviation = deviationsAfter(batch, dealt);
    this.servedLast = dealt.servedLast;
  }
}

const together = (agents: number, leads: number): Spell => ({
  leads,
  away: Array.from({ length: agents }, () => false),
});

describe('turns that are made up', () => {
  it('are all made up after random absences: entitlements are as if nobody had been away', () => {
    fc.assert(
      fc.property(history, ({ weights, spells }) => {
        const ledger = new Ledger(weights);
        let leads = 0;
        for (const spell of spells) {
          ledger.deal(spell);
          if (!spell.away.every(Boolean)) leads += spell.leads;
        }
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        // Whoever is furthest above is not served until their share has caught up.
        const ahead = Math.max(...ledger.deviations);
        const rounds = Math.ceil((ahead * total) / Math.min(...weights) / 5) + 1;
        for (let n = 0; n < rounds; n++) ledger.deal(together(weights.length, 5));
        leads += rounds * 5;
        for (const [agent, weight] of weights.entries()) {
          const entitled = (leads * weight) / total;
          expect(ledger.deviations[agent]).toBeCloseTo((ledger.received[agent] ?? 0) - entitled, 5);
          // Nobody is served who is not below: so nobody ends 1 above, whatever came before.
          expect(ledger.deviations[agent]).toBeLessThan(1 + CLOSE);
        }
      }),
      { numRuns: HISTORIES / 2 },
    );
  });

  it('leave equals less than 1 from their entitlement, either way', () => {
    fc.assert(
      fc.property(history, ({ weights, spells }) => {
        const ledger = new Ledger(weights.map(() => 1));
        for (const spell of spells) ledger.deal(spell);
        for (let n = 0; n < 60; n++) ledger.deal(together(weights.length, 1));
        for (const deviation of ledger.deviations) expect(Math.abs(deviation)).toBeLessThan(1);
      }),
      { numRuns: HISTORIES / 2 },
    );
  });

  it('are counted by share while somebody is away, and nothing is lost', () => {
    fc.assert(
      fc.property(history, ({ weights, spells }) => {
        const ledger = new Ledger(weights);
        for (const spell of spells) {
          const before = [...ledger.deviations];
          ledger.deal(spell);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          if (spell.away.every(Boolean)) continue;
          for (const [agent, weight] of weights.entries())
            if (spell.away[agent])
              expect(ledger.deviations[agent]).toBeCloseTo(
                (before[agent] ?? 0) - (spell.leads * weight) / total,
                5,
              );
        }
        expect(ledger.deviations.reduce((sum, deviation) => sum + deviation, 0)).toBeCloseTo(0, 5);
      }),
      { numRuns: HISTORIES },
    );
  });

  it('change nothing where nobody is away', () => {
    const batch: Batch = {
      agents: [1, 2, 3],
      capacity: [9, 9, 9],
      deviation: [0.4, -0.9, 0.5],
      groups: [{ candidates: [0, 1, 2], weights: [1, 2, 3] }],
      leads: [0, 0, 0, 0],
      servedLast: 0,
      isSteady: false,
    };
    expect(dealInTurn(batch, true)).toEqual(dealInTurn(batch));
    expect(ruleFor(batch, true)).toBe(ruleFor(batch));
  });
});

describe('turns that are not made up', () => {
  it('leave the standing of who is away as it was', () => {
    const batch: Batch = {
      agents: [1, 2],
      capacity: [100, 100],
      deviation: [0.5, -0.5],
      groups: [{ candidates: [0], weights: [1] }],
      leads: Array.from({ length: 20 }, () => 0),
      servedLast: 0,
      isSteady: false,
    };
    const rule = ruleFor(batch);
    expect(deviationsAfter(batch, dealBy(rule, batch))).toEqual([0.5, -0.5]);
  });
});
