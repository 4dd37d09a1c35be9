import { Injectable } from '@nestjs/common';
import { Actor } from '../users/actor.js';
import { analyticsErrors } from './analytics.errors.js';
import { AudienceRepository } from './audience.repository.js';
import { CohortsResponse, FunnelResponse } from './dto/funnel.dto.js';
import { HeatMapResponse } from './dto/heat-map.dto.js';
import { ReportQuery } from './dto/report.query.js';
import { ScorecardResponse, TotalsResponse, TrendsQuery, TrendsResponse } from './dto/totals.dto.js';
import { SpeedToLeadResponse, WinRatesQuery, WinRatesResponse } from './dto/win-rates.dto.js';
import { FunnelRepository } from './funnel.repository.js';
import { HeatMapRepository } from './heat-map.repository.js';
import { before, compared, headOf, ReportScopes } from './report-scope.js';
import { TotalsRepository } from './totals.repository.js';
import { WinRatesRepository } from './win-rates.repository.js';

const MOST_DAYS_BY_DAY = 366;
const MOST_DAYS_BY_HOUR = 366;
const DEFAULT_MIN_CLOSED = 5;

/** Reports: each knows its scope, then asks one repository. */
@Injectable()
export class ReportsService {
  // Six, because each report's SQL is a repository of its own.
  constructor(
    private readonly scopes: ReportScopes,
    private readonly audience: AudienceRepository,
    private readonly sums: TotalsRepository,
    private readonly funnels: FunnelRepository,
    private readonly rates: WinRatesRepository,
    private readonly heat: HeatMapRepository,
  ) {}

  async totals(actor: Actor, query: ReportQuery): Promise<TotalsResponse> {
    const scope = await this.scopes.of(actor, query);
    const [totals, previous] = await Promise.all([this.sums.totals(scope), this.sums.totals(before(scope))]);
    return { ...headOf(scope), totals, previous };
  }

  async trends(actor: Actor, { interval = 'week', ...query }: TrendsQuery): Promise<TrendsResponse> {
    const scope = await this.scopes.of(actor, query, interval === 'day' ? MOST_DAYS_BY_DAY : undefined);
    const [points, previous_points] = await Promise.all([
      this.sums.trend(scope, interval),
      this.sums.trend(before(scope), interval),
    ]);
    return { ...headOf(scope), interval, points, previous_points };
  }

  /** @throws Problem 403 somebody else's, 404 no such agent */
  async scorecard(actor: Actor, agentId: number, query: TrendsQuery): Promise<ScorecardResponse> {
    const narrowed = { ...query, agent_id: agentId };
    const trends = await this.trends(actor, narrowed);
    const full_name = await this.audience.nameOfAgent(agentId);
    if (full_name === undefined) throw analyticsErrors.agentNotFound(agentId);
    const { interval: _, ...report } = narrowed;
    const { totals, previous } = await this.totals(actor, report);
    return { ...trends, agent_id: agentId, full_name, totals, previous };
  }

  async funnel(actor: Actor, query: ReportQuery): Promise<FunnelResponse> {
    const scope = await this.scopes.of(actor, query);
    return compared(scope, (days) => this.funnels.stages(days));
  }

  async cohorts(actor: Actor, query: ReportQuery): Promise<CohortsResponse> {
    const scope = await this.scopes.of(actor, query);
    return compared(scope, async (days) => ({ cohorts: await this.funnels.cohorts(days) }));
  }

  async speedToLead(actor: Actor, query: ReportQuery): Promise<SpeedToLeadResponse> {
    const scope = await this.scopes.of(actor, query);
    return compared(scope, (days) => this.rates.bySpeed(days));
  }

  async winRates(actor: Actor, query: WinRatesQuery): Promise<WinRatesResponse> {
    const { by = 'source', min_closed = DEFAULT_MIN_CLOSED } = query;
    const scope = await this.scopes.of(actor, query);
    const report = await compared(scope, async (days) => {
      const all = await this.rates.by(by, days);
      const groups = all.filter(({ closed }) => closed >= min_closed);
      return { groups, groups_below_minimum: all.length - groups.length };
    });
    return { ...report, by };
  }

  async heatMap(actor: Actor, query: ReportQuery): Promise<HeatMapResponse> {
    const scope = await this.scopes.of(actor, query, MOST_DAYS_BY_HOUR);
    return compared(scope, async (days) => ({ cells: await this.heat.cells(days) }));
  }
}
