import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';

const Count = (description?: string) => ApiProperty({ type: 'integer', description });

/** How an agent stands today. */
export class AgentStats {
  @Count()
  active_leads: number;

  @Count('Active leads the agent is kept at.')
  target_leads: number;

  @Count()
  leads_needed: number;

  @Count('Leads won or lost since midnight UTC.')
  closed_today: number;

  @Count('Leads won since midnight UTC.')
  sales_today: number;

  @Count()
  activities_today: number;
}

export class AgentFigures extends AgentStats {
  @Count()
  agent_id: number;

  @ApiProperty()
  username: string;

  @ApiProperty()
  full_name: string;
}

export class SystemFigures {
  @Count()
  total_leads: number;

  @Count('Active leads that somebody has.')
  assigned_leads: number;

  @Count('Leads in the pool.')
  available_leads: number;

  @Count()
  closed_won: number;

  @Count()
  closed_lost: number;

  @Count()
  active_agents: number;

  @Count('Active leads that there would be if every agent had their target.')
  target_assigned: number;

  @ApiProperty({ enum: ['Good', 'Needs Attention'] })
  distribution_health: 'Good' | 'Needs Attention';
}

export class AgentStatsResponse {
  @ApiProperty({ enum: ['agent_stats'] })
  type: 'agent_stats';

  @ApiProperty({ type: AgentStats })
  stats: AgentStats;
}

export class SystemStatsResponse {
  @ApiProperty({ enum: ['system_stats'] })
  type: 'system_stats';

  @ApiProperty({ type: SystemFigures })
  stats: SystemFigures;
}

export class RedistributeAllResponse {
  @Count('Agents who take part.')
  agents: number;

  @Count()
  leads_distributed: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(AgentStats) },
    description: 'By username, after it.',
  })
  agent_stats: Record<string, AgentStats>;
}

export class RedistributeOneResponse {
  @ApiProperty({ description: 'Username.' })
  agent: string;

  @Count()
  leads_distributed: number;

  @ApiProperty({ type: AgentStats })
  stats: AgentStats;
}

export class RecycleCheckResponse {
  @ApiProperty()
  message: string;

  @Count()
  leads_recycled: number;

  @Count('Leads given out afterwards.')
  redistributed: number;
}

class PerformanceSummary {
  @Count()
  total_agents: number;

  @Count()
  total_active_leads: number;

  @Count()
  total_sales_today: number;

  @Count()
  total_activities_today: number;
}

export class AgentPerformanceResponse {
  @ApiProperty({ type: [AgentFigures] })
  agents: AgentFigures[];

  @ApiProperty({ type: PerformanceSummary })
  summary: PerformanceSummary;
}

export const ApiFiguresModels = () =>
  ApiExtraModels(
    AgentStats,
    AgentStatsResponse,
    SystemStatsResponse,
    RedistributeAllResponse,
    RedistributeOneResponse,
  );
