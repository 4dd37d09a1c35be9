import { isContact } from '../activities/activity.policy.js';
import { ACTIVE_LEAD_STATUSES } from '../enums/index.js';
import { findDataQuality } from '../leads/fields/data-quality.js';
import { hasValidNpiCheckDigit } from '../leads/fields/npi.js';
import { priorityOfScore, scoreLead } from '../leads/fields/scoring.js';
import { statesOfZipCode } from '../leads/fields/zip-state.js';
import { DemoLead, demoLeads } from './demo-leads.js';
import { DEMO_SPECIALTIES } from './demo-specialties.js';
import { DEMO_USERS } from './demo-users.js';

const NOW = new Date('2025-07-22T15:00:00Z');
const DAY_MS = 86_400_000;
const leads = demoLeads(NOW);

const activeLeadsOf = (username: string): DemoLead[] =>
  leads.filter(({ agent, status }) => agent === username && ACTIVE_LEAD_STATUSES.includes(status));
const distinct = <Value>(values: Value[]): Set<Value> => new Set(values);
/** Every demo number is one of the fictional 555-01xx, which no telephone can have: that alone is no defect. */
const defectsOf = (lead: DemoLead) =>
  findDataQuality(lead).filter(({ code }) => code !== 'phone_unassignable');

describe('the demo leads', () => {
  it('are 500, the same ones each time, with times that follow the clock', () => {
    const later = demoLeads(new Date(NOW.getTime() + 5 * DAY_MS));
    expect(leads).toHaveLength(500);
    expect(demoLeads(NOW)).toEqual(leads);
    expect(later.map(({ npi, practiceName, agent }) => [npi, practiceName, agent])).toEqual(
      leads.map(({ npi, practiceName, agent }) => [npi, practiceName, agent]),
    );
    expect(later.map(({ createdAt }) => createdAt.getTime() - 5 * DAY_MS)).toEqual(
      leads.map(({ createdAt }) => createdAt.getTime()),
    );
  });

  it('have NPIs that nobody else has, all different and valid but for two', () => {
    expect(distinct(leads.map(({ npi }) => npi)).size).toBe(500);
    expect(leads.every(({ npi }) => /^200\d{7}$/.test(npi))).toBe(true);
    expect(leads.filter(({ npi }) => !hasValidNpiCheckDigit(npi))).toHaveLength(2);
  });

  it('have telephone numbers kept free for fiction', () => {
    const phones = leads.flatMap(({ practicePhone, ownerPhone }) => [practicePhone, ownerPhone]);
    const wrong = phones.filter((phone) => phone !== null && !/^\(\d{3}\) 555-01\d\d$/.test(phone));
    expect(distinct(wrong)).toEqual(new Set(['555']));
  });

  it('lie in at least 25 states, with ZIP codes of these states but for the defects', () => {
    expect(distinct(leads.map(({ state }) => state)).size).toBeGreaterThanOrEqual(25);
    const misplaced = leads.filter(({ state, zipCode }) => !statesOfZipCode(zipCode).includes(state));
    expect(distinct(misplaced.map(({ zipCode }) => zipCode))).toEqual(new Set(['00601']));
  });

  it('have all specialties, statuses and priorities', () => {
    expect(distinct(leads.map(({ specialties }) => specialties)).size).toBe(DEMO_SPECIALTIES.length);
    expect(distinct(leads.map(({ status }) => status)).size).toBe(9);
    expect(distinct(leads.map(({ priority }) => priority)).size).toBe(5);
  });

  it('are scored by the rules', () => {
    for (const lead of leads) {
      expect(lead.score).toBe(scoreLead(lead).score);
      expect(lead.priority).toBe(priorityOfScore(lead.score));
    }
  });

  it('keep every agent busy and leave a pool', () => {
    for (const { username } of DEMO_USERS.filter(({ role }) => role === 'agent')) {
      expect(activeLeadsOf(username).length).toBeGreaterThanOrEqual(17);
      expect(activeLeadsOf(username).length).toBeLessThanOrEqual(20);
    }
    expect(activeLeadsOf('agent1')).toHaveLength(20);
    expect(leads.filter(({ agent, status }) => agent === null && status === 'NEW')).toHaveLength(200);
  });

  it('have been created in the last 90 days, and nothing happened before that or later than now', () => {
    for (const { createdAt, assignedAt, lastContactDate, updatedAt } of leads) {
      const times = [createdAt, assignedAt, lastContactDate, updatedAt, NOW].filter((time) => time !== null);
      expect(times).toEqual([...times].sort((a, b) => a.getTime() - b.getTime()));
      expect(NOW.getTime() - createdAt.getTime()).toBeLessThanOrEqual(90 * DAY_MS);
    }
  });

  it('have the contacts that their activities tell of, done by the agent who has the lead', () => {
    for (const lead of leads) {
      const contacts = lead.activities.filter(isContact);
      expect(lead.contactAttempts).toBe(contacts.length);
      expect(lead.firstContactAt).toEqual(contacts[0]?.createdAt ?? null);
      expect(lead.lastContactDate).toEqual(contacts.at(-1)?.createdAt ?? null);
      if (lead.agent === null) expect(lead.activities).toEqual([]);
      const times = lead.activities.map(({ createdAt }) => createdAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(times.every((time) => time >= (lead.assignedAt?.getTime() ?? 0))).toBe(true);
    }
  });

  it('went through statuses one after the other, to the one they are in', () => {
    for (const { moves, status, createdAt, updatedAt } of leads) {
      expect(moves[0]).toMatchObject({ status: 'NEW', at: createdAt });
      expect(moves.at(-1)?.status).toBe(status);
      const times = [...moves.map(({ at }) => at), updatedAt].map((at) => at.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    const won = leads.filter(({ status }) => status === 'CLOSED_WON');
    expect(won.every(({ dealValue, moves }) => Number(dealValue) > 0 && moves.length >= 7)).toBe(true);
  });

  it('are worked in working hours, as good as always', () => {
    const hours = leads.flatMap(({ activities }) =>
      activities.map(({ createdAt }) => createdAt.getUTCHours()),
    );
    const atNight = hours.filter((hour) => hour < 13 || hour >= 22);
    expect(atNight.length).toBeLessThan(hours.length / 10);
    expect(hours.length).toBeGreaterThan(2_000);
  });

  it('that are assigned but untouched are not yet due for recycling', () => {
    const untouched = leads.filter(({ agent, activities }) => agent !== null && activities.length === 0);
    expect(distinct(untouched.map(({ status }) => status))).toEqual(new Set(['NEW']));
    for (const { recyclingEligibleAt } of untouched) {
      expect(recyclingEligibleAt?.getTime()).toBeGreaterThan(NOW.getTime());
    }
  });

  it('have a demo ahead when one is scheduled', () => {
    for (const lead of leads.filter(({ status }) => status === 'DEMO_SCHEDULED')) {
      const demo = lead.activities.at(-1);
      expect(demo).toMatchObject({ activityType: 'demo', outcome: 'scheduled', completedAt: null });
      expect(demo?.scheduledAt?.getTime()).toBeGreaterThan(NOW.getTime());
      expect(lead.nextFollowUp).toEqual(demo?.scheduledAt);
    }
  });

  it('have a few defects of every kind, and no others', () => {
    const flawed = leads.filter((lead) => defectsOf(lead).length > 0);
    expect(flawed).toHaveLength(15);
    expect(distinct(flawed.flatMap(defectsOf).map(({ code }) => code))).toEqual(
      new Set([
        'npi_check_digit',
        'ein_prefix',
        'no_phone',
        'practice_name_missing',
        'zip_invalid',
        'phone_invalid',
        'zip_state_mismatch',
        'address_repeats_city',
      ]),
    );
  });
});
