import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/lib/api/client';
import type { AvailabilityResponse, PauseDto, UpdateAvailabilityDto } from '@/lib/api/schema';
import { queryClient } from '@/lib/query-client';
import { reloadDistribution } from './distribution-cache';

const keyOf = (agentId: number) => ['distribution', 'availability', agentId];
const MINUTE = 60_000;

export function useAvailability(agentId: number) {
  return useQuery({
    queryKey: keyOf(agentId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/distribution/availability/{agent_id}', {
          params: { path: { agent_id: agentId } },
          signal,
        }),
      ),
    // A pause or a working day ends without anybody saying so.
    refetchInterval: MINUTE,
  });
}

function keep(availability: AvailabilityResponse): void {
  queryClient.setQueryData(keyOf(availability.agent_id), availability);
  reloadDistribution();
}

export function usePause(agentId: number) {
  return useMutation({
    mutationFn: (pause: PauseDto) =>
      answerOf(
        api.POST('/api/v1/distribution/availability/{agent_id}/pause', {
          params: { path: { agent_id: agentId } },
          body: pause,
        }),
      ),
    onSuccess: keep,
  });
}

export function useResume(agentId: number) {
  return useMutation({
    mutationFn: () =>
      answerOf(
        api.DELETE('/api/v1/distribution/availability/{agent_id}/pause', {
          params: { path: { agent_id: agentId } },
        }),
      ),
    onSuccess: keep,
  });
}

export function useSaveAvailability(agentId: number) {
  return useMutation({
    mutationFn: (body: UpdateAvailabilityDto) =>
      answerOf(
        api.PUT('/api/v1/distribution/availability/{agent_id}', {
          params: { path: { agent_id: agentId } },
          body,
        }),
      ),
    onSuccess: keep,
  });
}
