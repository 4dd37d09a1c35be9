import { Injectable } from '@nestjs/common';
import { Env } from '../config/env.js';
import { UserRole } from '../enums/index.js';
import { addDays, dayIn, lengthInDays } from '../gamification/period.js';
import { Actor } from '../users/actor.js';
import { analyticsErrors } from './analytics.errors.js';
import { AudienceRepository } from './audience.repository.js';
import { ReportQuery, ReportResponse } from './dto/report.query.js';

/** What a report is about, once it is known that the caller may see it. */
export interface ReportScope {
  from: string;
  to: string;
  zone: string;
  /** Whether the days are those that the rollup counts by. */
  isCompanyZone: boolean;
  /** Whose work; null for everybody's, nobody's included. */
  agentIds: number[] | null;
  source: string | null;
  state: string | null;
  specialty: string | null;
}

const DEFAULT_DAYS = 90;
/** Ten years. */
const MOST_DAYS = 3_660;

/** Makes scopes of what is asked for. */
@Injectable()
export class ReportScopes {
  constructor(
    private readonly audience: AudienceRepository,
    private readonly env: Env,
  ) {}

  /**
   * @param mostDays the longest range that the report takes
   * @throws Problem 403 other people's figures, 422 range
   */
  async of(actor: Actor, query: ReportQuery, mostDays = MOST_DAYS): Promise<ReportScope> {
    const zone = query.time_zone ?? this.env.COMPANY_TIME_ZONE;
    const to = query.to ?? dayIn(zone, new Date());
    const from = query.from ?? addDays(to, 1 - Math.min(DEFAULT_DAYS, mostDays));
    if (to < from) throw analyticsErrors.rangeEndsBeforeStart();
    if (lengthInDays({ from, to }) > mostDays) throw analyticsErrors.rangeTooLong(mostDays);
    return {
      from,
      to,
      zone,
      isCompanyZone: zone === this.env.COMPANY_TIME_ZONE,
      agentIds: await this.agentsOf(actor, query),
      source: query.source ?? null,
      state: query.state ?? null,
      specialty: query.specialty?.trim() || null,
    };
  }

  private async agentsOf(actor: Actor, { agent_id, team_id }: ReportQuery): Promise<number[] | null> {
    const visible = await this.audience.visibleUserIds(actor);
    const team = team_id === undefined ? null : await this.audience.teamOf(team_id);
    if (team && visible && (actor.role === UserRole.AGENT || team.some((id) => !visible.includes(id)))) {
      throw analyticsErrors.notYourTeam('team_id');
    }
    if (agent_id !== undefined && visible && !visible.includes(agent_id)) {
      throw (actor.role === UserRole.AGENT ? analyticsErrors.notYourFigures : analyticsErrors.notYourTeam)(
        'agent_id',
      );
    }
    const asked = agent_id === undefined ? team : [agent_id].filter((id) => !team || team.includes(id));
    return asked ?? visible;
  }
}

/** The span as long before it, with everything else alike. */
export function before(scope: ReportScope): ReportScope {
  const days = lengthInDays(scope);
  return { ...scope, from: addDays(scope.from, -days), to: addDays(scope.from, -1) };
}

/** What a report says about itself. */
export function headOf(scope: ReportScope): ReportResponse {
  const { from, to, zone } = scope;
  const previous = before(scope);
  return {
    from,
    to,
    time_zone: zone,
    as_of: new Date(),
    previous_from: previous.from,
    previous_to: previous.to,
  };
}

/** The figures of a scope beside those of the span before. */
export async function compared<Figures extends object>(
  scope: ReportScope,
  figures: (scope: ReportScope) => Promise<Figures>,
): Promise<ReportResponse & Figures & { previous: Figures }> {
  const [now, previous] = await Promise.all([figures(scope), figures(before(scope))]);
  return { ...headOf(scope), ...now, previous };
}
