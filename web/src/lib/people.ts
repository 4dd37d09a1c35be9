import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answerOf, api } from './api/client';
import type { UserResponse } from './api/schema';
import { useMe } from './api/session';

/** Users that the one signed in may see: all for admins, their team for managers, themselves for agents. */
export function usePeople() {
  const me = useMe();
  return useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }): Promise<UserResponse[]> =>
      me.role === 'agent' ? Promise.resolve([me]) : answerOf(api.GET('/api/v1/users', { signal })),
    staleTime: 300_000,
  });
}

/** Somebody's name; others than one may see are named by their number. */
export function useNameOf(): (id: number | null) => string {
  const me = useMe();
  const { data: people } = usePeople();
  return useMemo(() => {
    const names = new Map([me, ...(people ?? [])].map((person) => [person.id, person.full_name]));
    return (id) => (id === null ? 'Nobody' : (names.get(id) ?? `Agent ${id}`));
  }, [people, me]);
}

/** Active agents that a lead can be given to, by name. */
export function useAgents(): UserResponse[] {
  const { data: people = [] } = usePeople();
  return people
    .filter((person) => person.role === 'agent' && person.is_active)
    .sort((left, right) => left.full_name.localeCompare(right.full_name));
}

/** Whether they may do what is only for managers and admins. */
export function isLeader(person: UserResponse): boolean {
  return person.role !== 'agent';
}
