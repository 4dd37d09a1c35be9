import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LoadingRows } from '@/components/states';
import { NotificationRow } from './notification-row';
import classes from './notifications.module.css';
import { useLatestNotifications, useMarkRead } from './use-notifications';

/** The latest notifications. */
export function NotificationPanel({ onClose }: { onClose: () => void }) {
  const { data, isPending } = useLatestNotifications();
  const markRead = useMarkRead();
  return (
    <>
      <Group justify="space-between" px="sm" py={8}>
        <Text fw={600} size="sm">
          Notifications
        </Text>
        {data && data.unread > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => markRead.mutate('all')}>
            Mark all as read
          </Button>
        )}
      </Group>
      <div className={classes.panel}>
        {isPending && <LoadingRows rows={3} />}
        {data?.notifications.length === 0 && (
          <Text size="sm" c="dimmed" ta="center" py="xl" px="md">
            Nothing yet. New leads, what is due and what you have won will be here.
          </Text>
        )}
        {data?.notifications.map((notification) => (
          <NotificationRow key={notification.id} notification={notification} onOpen={onClose} />
        ))}
      </div>
      <Group justify="center" py={8}>
        <Anchor component={Link} {...({ to: '/notifications' } as object)} size="sm" onClick={onClose}>
          All notifications
        </Anchor>
      </Group>
    </>
  );
}
