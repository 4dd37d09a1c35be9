import { useMe } from '@/lib/api/session';
import { useNameOf, usePeople } from '@/lib/people';
import type { ReportSearch } from '@/lib/report-search';

export interface Choice {
  value: string;
  label: string;
}

/** Whose figures these are. */
export function useScopeName({ team_id, agent_id }: ReportSearch): string {
  const me = useMe();
  const nameOf = useNameOf();
  if (agent_id) return nameOf(Number(agent_id));
  if (team_id) return Number(team_id) === me.id ? 'My team' : `Team ${nameOf(Number(team_id))}`;
  return { agent: 'My figures', manager: 'My team', admin: 'Company' }[me.role];
}

/** Teams and agents that one may ask for. An agent sees their own figures anyhow. */
export function useScopes(teamId: string | undefined): { teams: Choice[]; agents: Choice[] } {
  const me = useMe();
  const { data: people = [] } = usePeople();
  if (me.role === 'agent') return { teams: [], agents: [] };
  const choice = ({ id, full_name }: { id: number; full_name: string }) => ({
    value: String(id),
    label: full_name,
  });
  const teams = me.role === 'admin' ? people.filter(({ role }) => role === 'manager').map(choice) : [];
  const agents = people.filter(
    ({ role, manager_id }) => role === 'agent' && (teamId === undefined || manager_id === Number(teamId)),
  );
  return { teams, agents: agents.map(choice).sort((a, b) => a.label.localeCompare(b.label)) };
}
