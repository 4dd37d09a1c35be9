import { Group, Text, UnstyledButton } from '@mantine/core';
import {
  IconAlarm,
  IconArrowBackUp,
  IconAward,
  IconBell,
  IconCalendarDue,
  IconHeartHandshake,
  IconPhoneCalling,
  IconTrophy,
  IconUserPlus,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { When } from '@/components/when';
import type { NotificationResponse } from '@/lib/api/schema';
import classes from './notifications.module.css';
import { placeOf, useMarkRead } from './use-notifications';

const ICONS: Record<string, ComponentType<{ size?: number; stroke?: number }>> = {
  lead_assigned: IconUserPlus,
  lead_lost: IconArrowBackUp,
  deal_won: IconTrophy,
  badge_earned: IconAward,
  first_contact_due: IconPhoneCalling,
  activity_due: IconCalendarDue,
  follow_up_due: IconAlarm,
  kudos_received: IconHeartHandshake,
};

interface NotificationRowProps {
  notification: NotificationResponse;
  onOpen?: () => void;
}

/** One notification; opening it marks it as read and goes to what it is about. */
export function NotificationRow({ notification, onOpen }: NotificationRowProps) {
  const { id, type, title, message, is_read, created_at } = notification;
  const navigate = useNavigate();
  const markRead = useMarkRead();
  const Icon = ICONS[type] ?? IconBell;
  const open = () => {
    if (!is_read) markRead.mutate([id]);
    const place = placeOf(notification);
    if (place) void navigate(place as never);
    onOpen?.();
  };
  return (
    <UnstyledButton className={classes.row} data-unread={!is_read || undefined} onClick={open}>
      <span className={classes.icon} aria-hidden>
        <Icon size={18} stroke={1.6} />
      </span>
      <span className={classes.text}>
        <Text span size="sm" fw={is_read ? 400 : 600}>
          {title}
          {!is_read && <span className="visually-hidden"> (unread)</span>}
        </Text>
        {message && (
          <Text span size="sm" c="dimmed">
            {message}
          </Text>
        )}
      </span>
      <Group gap={8} wrap="nowrap">
        <Text span size="xs" c="dimmed" className={classes.when}>
          <When time={created_at} />
        </Text>
        <span className={classes.dot} aria-hidden />
      </Group>
    </UnstyledButton>
  );
}
