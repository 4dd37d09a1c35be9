import { Injectable } from '@nestjs/common';
import { UserRole } from '../enums/index.js';
import { Actor } from '../users/actor.js';
import {
  AgentFigures,
  AgentPerformanceResponse,
  AgentStats,
  AgentStatsResponse,
  SystemStatsResponse,
} from './dto/figures.response.js';
import { FiguresRepository } from './figures.repository.js';

/** Below this part of their targets agents have too little to do. */
const HEALTHY = 0.8;

/** Figures for whoever asks: agents their own, managers and admins all. */
@Injectable()
export class FiguresService {
  constructor(private readonly figures: FiguresRepository) {}

  async stats(actor: Actor): Promise<AgentStatsResponse | SystemStatsResponse> {
    if (actor.role === UserRole.AGENT) return { type: 'agent_stats', stats: await this.statsOf(actor.id) };
    const stats = await this.figures.system();
    const isGood = stats.assigned_leads >= HEALTHY * stats.target_assigned;
    return {
      type: 'system_stats',
      stats: { ...stats, distribution_health: isGood ? 'Good' : 'Needs Attention' },
    };
  }

  async statsOf(agentId: number): Promise<AgentStats> {
    const [figures] = await this.figures.agents([agentId]);
    return figures ? toStats(figures) : NOTHING;
  }

  async performance(actor: Actor): Promise<AgentPerformanceResponse> {
    const agents = await this.figures.agents(actor.role === UserRole.AGENT ? [actor.id] : undefined);
    const sum = (field: 'active_leads' | 'sales_today' | 'activities_today') =>
      agents.reduce((total, agent) => total + agent[field], 0);
    return {
      agents,
      summary: {
        total_agents: agents.length,
        total_active_leads: sum('active_leads'),
        total_sales_today: sum('sales_today'),
        total_activities_today: sum('activities_today'),
      },
    };
  }
}

export const toStats = ({ agent_id: _, username: __, full_name: ___, ...stats }: AgentFigures): AgentStats =>
  stats;

/** Of an account that takes no part. */
const NOTHING: AgentStats = {
  active_leads: 0,
  target_leads: 0,
  leads_needed: 0,
  closed_today: 0,
  sales_today: 0,
  activities_today: 0,
};
