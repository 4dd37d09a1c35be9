import { useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answerOf, api } from './api/client';
import type { PreferencesResponse, UpdatePreferencesDto } from './api/schema';
import { useSession } from './api/session';
import { queryClient } from './query-client';
import { density, firstView, timeZone } from './settings';
import { sayFailed } from './undo';

const KEY = ['preferences'];

/** How one wants to see things, on every device; of whoever is signed in. */
export function usePreferences() {
  const { user } = useSession();
  return useQuery({
    queryKey: [...KEY, user?.id],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/me/preferences', { signal })),
    enabled: user !== null && !user.must_change_password,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Shown at once, kept on the server; taken back with a message when it refuses. */
export function useChangePreferences() {
  const { user } = useSession();
  const key = [...KEY, user?.id];
  return useMutation({
    mutationFn: (change: UpdatePreferencesDto) =>
      answerOf(api.PATCH('/api/v1/me/preferences', { body: change })),
    onMutate: (change) => {
      queryClient.setQueryData<PreferencesResponse>(key, (before) => before && { ...before, ...change });
    },
    onSuccess: (saved) => queryClient.setQueryData(key, saved),
    onError: (error) => {
      sayFailed(error);
      void queryClient.invalidateQueries({ queryKey: key });
    },
  });
}

/** Brings this browser in line with what is kept on the server. */
export function useFollowPreferences(): void {
  const { data } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was chosen is to be followed
  useEffect(() => {
    if (!data) return;
    timeZone.set(data.time_zone);
    firstView.set(data.leads_view_id);
    if (data.density) density.set(data.density);
    if (data.theme) setColorScheme(data.theme);
  }, [data]);
}
