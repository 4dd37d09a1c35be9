import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { IconCalendarTime, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { When } from '@/components/when';
import type { PolicyResponse, PolicyVersionResponse } from '@/lib/api/schema';
import { useMe } from '@/lib/api/session';
import { ActivateDialog } from './activate-dialog';
import { ScheduleDialog } from './schedule-dialog';
import { mayChange, STATE_WORDS } from './versions';

/** The head of a version: what it is, and how it comes into force. */
export function VersionActions({
  policy,
  version,
}: {
  policy: PolicyResponse;
  version: PolicyVersionResponse;
}) {
  const me = useMe();
  const [opened, setOpened] = useState<'activate' | 'schedule' | null>(null);
  const isInForce = version.version === policy.active_version;
  const close = () => setOpened(null);
  return (
    <Group justify="space-between" mb="sm" mih={36}>
      <Group gap="xs" align="baseline">
        <Title order={2} size="h4">
          Version {version.version}
        </Title>
        <Badge size="sm" radius="sm" variant={isInForce ? 'light' : 'default'}>
          {STATE_WORDS[version.state]}
        </Badge>
        {version.state === 'scheduled' && version.activate_at !== null && (
          <Text size="sm" c="dimmed">
            comes into force <When time={version.activate_at} />
          </Text>
        )}
      </Group>
      {!isInForce && mayChange(me, policy) && (
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconCalendarTime size={16} aria-hidden />}
            onClick={() => setOpened('schedule')}
          >
            Schedule
          </Button>
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            onClick={() => setOpened('activate')}
          >
            Activate
          </Button>
        </Group>
      )}
      {opened === 'activate' && <ActivateDialog policy={policy} version={version} onClose={close} />}
      {opened === 'schedule' && <ScheduleDialog policy={policy} version={version} onClose={close} />}
    </Group>
  );
}
