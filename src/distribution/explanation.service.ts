import { Injectable } from '@nestjs/common';
import { INACTIVE_LEAD_STATUSES, LeadStatus } from '../enums/index.js';
import { Lead } from '../leads/lead.entity.js';
import { leadErrors } from '../leads/lead.errors.js';
import { assertMaySee } from '../leads/lead.policy.js';
import { LeadsRepository } from '../leads/leads.repository.js';
import { Actor } from '../users/actor.js';
import { AssignmentDecision, LeadAssignment, LeadAssignmentsResponse } from './dto/explanation.response.js';
import { explain, whyItWaits } from './explanation.js';
import { DecisionRow, ExplanationsRepository, MoveRow } from './explanations.repository.js';
import { WaitingRoom } from './plan/waiting.js';
import { PoolStateRepository } from './pool-state.repository.js';

/** Answers "why did she get that lead and not I?". */
@Injectable()
export class ExplanationService {
  constructor(
    private readonly leads: LeadsRepository,
    private readonly log: ExplanationsRepository,
    private readonly pool: PoolStateRepository,
  ) {}

  /** @throws Problem 403 not theirs to see, 404 absent */
  async ofLead(actor: Actor, leadId: number): Promise<LeadAssignmentsResponse> {
    const lead = await this.leads.findById(leadId);
    if (!lead) throw leadErrors.notFound(leadId);
    assertMaySee(actor, lead);

    const [decisions, moves] = await Promise.all([this.log.decisions(leadId), this.log.moves(leadId)]);
    const ids = new Set(
      decisions.flatMap(({ candidates, excluded }) => [...candidates, ...Object.values(excluded).flat()]),
    );
    const names = await this.log.namesOf([...ids]);
    const assignments = [...decisions.map((row) => fromDecision(row, names)), ...moves.map(fromMove)].sort(
      (a, b) => b.at.getTime() - a.at.getTime(),
    );
    const newest = assignments[0];
    const isExplained = newest !== undefined && newest.agent_id === lead.assignedUserId;
    const sentence =
      lead.assignedUserId === null
        ? await this.whyWaiting(lead)
        : isExplained
          ? newest.sentence
          : 'Somebody gave this lead to its agent by hand.';
    return { lead_id: leadId, sentence, assignments };
  }

  private async whyWaiting(lead: Lead): Promise<string> {
    const { state, leads } = await this.pool.read(undefined, {
      leadIds: [lead.id],
      limit: 1,
      isLocking: false,
    });
    const [waiting] = leads;
    if (waiting) return whyItWaits(new WaitingRoom(state, new Date()).why(waiting));
    if (lead.doNotContact || lead.isPhoneClosed)
      return 'Nobody has this lead: it must not be contacted, so it is not given out.';
    if (INACTIVE_LEAD_STATUSES.includes(lead.status) && lead.status !== LeadStatus.RECYCLED)
      return 'Nobody has this lead: it is closed.';
    return 'Nobody has this lead: it was recycled too often, and waits in quarantine for a manager.';
  }
}

function fromDecision(row: DecisionRow, names: Map<number, string>): LeadAssignment {
  const placeOf = new Map(row.agents.map((id, place) => [id, place]));
  const decision: AssignmentDecision = {
    policy: { id: row.policyId, name: row.policyName, version: row.version },
    rule: row.rule,
    run_id: row.runId,
    leads_together: row.together,
    tied_with: row.tied,
    candidates: row.candidates.map((id, index) => ({
      agent_id: id,
      full_name: names.get(id) ?? null,
      weight: row.weights[index] ?? 0,
      deviation_before: row.deviationBefore[placeOf.get(id) ?? -1] ?? 0,
      deviation_after: row.deviationAfter[placeOf.get(id) ?? -1] ?? 0,
      entitled: row.entitled[index] ?? 0,
      received: row.received[index] ?? 0,
    })),
    excluded: Object.entries(row.excluded).flatMap(([reason, ids]) =>
      ids.map((id) => ({ agent_id: id, full_name: names.get(id) ?? null, reason })),
    ),
  };
  return {
    kind: 'rules',
    at: row.at,
    agent_id: row.agentId,
    agent_name: row.agentName,
    sentence: explain({ agentId: row.agentId, agentName: row.agentName, decision }),
    reason: null,
    decision,
  };
}

function fromMove({ at, kind, fromAgent, toAgentId, toAgent, actor, reason }: MoveRow): LeadAssignment {
  const by = actor ? ` by ${actor}` : '';
  const from = fromAgent ? ` from ${fromAgent}` : '';
  const to = toAgent ?? 'the pool';
  const sentence =
    kind === 'released'
      ? `This lead was released from quarantine${by}${reason ? `: ${reason}` : ''}.`
      : kind === 'recycled'
        ? `This lead was taken back${from} because nobody touched it in time.`
        : kind === 'claimed'
          ? `${to} claimed this lead from the pool.`
          : kind === 'undone'
            ? `A move of this lead was undone${by}: it went back${from} to ${to}.`
            : `This lead was ${kind}${by}${from} to ${to}${reason ? `: ${reason}` : ''}.`;
  return { kind, at, agent_id: toAgentId, agent_name: toAgent, sentence, reason, decision: null };
}
