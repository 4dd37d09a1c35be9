import { StatusMove, warningsOf } from './status-graph.js';

const move = (facts: Partial<StatusMove>): StatusMove => ({
  from: 'NEGOTIATION',
  to: 'CLOSED_WON',
  role: 'agent',
  reason: null,
  dealValue: 1,
  ...facts,
});

describe('the status graph', () => {
  it('has nothing against a step forward, a step back or a deal with a value', () => {
    expect(warningsOf(move({ from: 'NEW', to: 'CONTACTED' }))).toEqual([]);
    expect(warningsOf(move({ from: 'PROPOSAL_SENT', to: 'QUALIFIED' }))).toEqual([]);
    expect(warningsOf(move({}))).toEqual([]);
  });

  it('wants a reason for a loss and a value for a deal', () => {
    expect(warningsOf(move({ to: 'CLOSED_LOST' }))).toEqual(['no_reason_given']);
    expect(warningsOf(move({ to: 'CLOSED_LOST', reason: 'no budget' }))).toEqual([]);
    expect(warningsOf(move({ dealValue: null }))).toEqual(['no_deal_value']);
  });

  it('leaves reopening to managers', () => {
    expect(warningsOf(move({ from: 'CLOSED_WON', to: 'NEGOTIATION' }))).toEqual(['reopened_by_agent']);
    expect(warningsOf(move({ from: 'CLOSED_WON', to: 'NEGOTIATION', role: 'manager' }))).toEqual([]);
  });

  it('notes a lead that is lost after it was won, and stages that were skipped', () => {
    expect(warningsOf(move({ from: 'CLOSED_WON', to: 'CLOSED_LOST', reason: 'left' }))).toEqual([
      'closed_again_without_reopening',
    ]);
    expect(warningsOf(move({ from: 'NEW', to: 'CLOSED_WON' }))).toEqual(['stages_skipped']);
    expect(warningsOf(move({ from: 'NEW', to: 'QUALIFIED' }))).toEqual([]);
  });
});
