import { Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState, LoadingRows } from '@/components/states';
import { answerOf, api } from '@/lib/api/client';
import type { NotificationPreferencesResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { askForPermission, canNotify, wantsBrowserNotifications } from '@/lib/browser-notifications';
import { isLeader } from '@/lib/people';
import { queryClient } from '@/lib/query-client';
import { useSetting } from '@/lib/stored-setting';
import { sayFailed } from '@/lib/undo';

type Preferences = NotificationPreferencesResponse;
const KEY = ['notification-preferences'];

const KINDS: readonly { type: keyof Preferences; label: string; isForLeaders?: boolean }[] = [
  { type: 'lead_assigned', label: 'A lead is assigned to me' },
  { type: 'lead_lost', label: 'A lead of mine goes to somebody else' },
  { type: 'first_contact_due', label: 'A new lead waits for its first contact' },
  { type: 'activity_due', label: 'Something I planned is due' },
  { type: 'follow_up_due', label: 'It is time to follow up on a lead' },
  { type: 'deal_won', label: 'Somebody in my team wins a deal', isForLeaders: true },
  { type: 'badge_earned', label: 'I earn a badge' },
  { type: 'kudos_received', label: 'A colleague gives me kudos' },
];

/** Which notifications one gets, and whether this browser shows them too. */
export function NotificationSettings() {
  const me = useMe();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/notifications/preferences', { signal })),
  });
  const change = useMutation({
    mutationFn: (body: Partial<Preferences>) =>
      answerOf(api.PATCH('/api/v1/notifications/preferences', { body })),
    onMutate: (body) => queryClient.setQueryData<Preferences>(KEY, (old) => old && { ...old, ...body }),
    onSuccess: (saved) => queryClient.setQueryData(KEY, saved),
    onError: (error) => {
      sayFailed(error);
      void queryClient.invalidateQueries({ queryKey: KEY });
    },
  });
  if (query.isPending) return <LoadingRows rows={5} />;
  if (!query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const preferences = query.data;
  return (
    <Stack gap={10}>
      {KINDS.filter(({ isForLeaders }) => !isForLeaders || isLeader(me)).map(({ type, label }) => (
        <Switch
          key={type}
          label={label}
          checked={preferences[type]}
          onChange={({ currentTarget }) => change.mutate({ [type]: currentTarget.checked })}
        />
      ))}
      <BrowserSwitch />
    </Stack>
  );
}

function BrowserSwitch() {
  const [isWanted, setWanted] = useSetting(wantsBrowserNotifications);
  const [isRefused, setRefused] = useState(false);
  if (!canNotify()) return null;
  const isOn = isWanted && Notification.permission === 'granted';
  return (
    <>
      <Switch
        mt="sm"
        label="Show them on this device while Rota is in the background"
        checked={isOn}
        onChange={async ({ currentTarget }) => {
          if (currentTarget.checked) setRefused(!(await askForPermission()));
          else setWanted(false);
        }}
      />
      {isRefused && (
        <Text size="sm" c="var(--rota-warning)" role="alert">
          This browser does not allow it. Allow notifications for this site in its settings, then switch it on
          again.
        </Text>
      )}
    </>
  );
}
