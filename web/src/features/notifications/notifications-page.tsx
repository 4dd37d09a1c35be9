import { Anchor, Box, Button, Center, SegmentedControl } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHeader } from '@/components/page-header';
import { EmptyState, ErrorState, LoadingRows } from '@/components/states';
import { count } from '@/lib/format';
import { NotificationRow } from './notification-row';
import classes from './notifications.module.css';
import { useMarkRead, useNotifications } from './use-notifications';

/** Every notification, the newest first. */
export function NotificationsPage() {
  const [shown, setShown] = useState<'all' | 'unread'>('all');
  const list = useNotifications(shown === 'unread');
  const markRead = useMarkRead();
  const notifications = list.data?.pages.flatMap((page) => page.notifications) ?? [];
  const unread = list.data?.pages[0]?.unread ?? 0;
  return (
    <>
      <PageHeader title="Notifications" note={list.isSuccess && unread > 0 && `${count(unread)} unread`}>
        <SegmentedControl
          size="xs"
          aria-label="Which notifications"
          value={shown}
          onChange={(value) => setShown(value as 'all' | 'unread')}
          data={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: 'Unread' },
          ]}
        />
        <Button
          size="xs"
          variant="default"
          disabled={unread === 0}
          loading={markRead.isPending}
          onClick={() => markRead.mutate('all')}
        >
          Mark all as read
        </Button>
      </PageHeader>
      <Box px="md" pb={60} maw={760}>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && notifications.length === 0 && (
          <EmptyState
            title={shown === 'unread' ? 'You have read everything' : 'Nothing yet'}
            icon={<IconBellCheck size={36} stroke={1.4} />}
          >
            New leads, what is due and what you have won will be here. What you are told of is chosen in{' '}
            <Anchor component={Link} {...({ to: '/settings' } as object)} size="sm" underline="always">
              My settings
            </Anchor>
            .
          </EmptyState>
        )}
        {notifications.length > 0 && (
          <div className={classes.list}>
            {notifications.map((notification) => (
              <NotificationRow key={notification.id} notification={notification} />
            ))}
          </div>
        )}
        {list.hasNextPage && (
          <Center mt="md">
            <Button
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              Show older ones
            </Button>
          </Center>
        )}
      </Box>
    </>
  );
}
