import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { LoadingRows } from '@/components/states';
import { counted } from '@/lib/format';
import { useLatestNotifications } from './use-notifications';

const NotificationPanel = lazy(async () => ({
  default: (await import('./notification-panel')).NotificationPanel,
}));
const MOST = 99;

/** How many notifications are unread; opens the latest. */
export function NotificationBell() {
  const [isOpen, setOpen] = useState(false);
  const unread = useLatestNotifications().data?.unread ?? 0;
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      width={360}
      position="bottom-start"
      shadow="lg"
      trapFocus
      returnFocus
      withinPortal
    >
      <Indicator
        label={unread > MOST ? `${MOST}+` : unread}
        disabled={unread === 0}
        size={16}
        offset={5}
        color="red.8"
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={34}
            aria-label={unread === 0 ? 'Notifications' : `Notifications, ${counted(unread, 'unread one')}`}
            onClick={() => setOpen(!isOpen)}
          >
            <IconBell size={19} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label="Notifications">
        <Suspense fallback={<LoadingRows rows={3} />}>
          <NotificationPanel onClose={() => setOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
