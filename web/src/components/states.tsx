import { Button, Center, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCloudOff, IconLock, IconMoodEmpty, IconZoomExclamation } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiProblem, messageOf } from '@/lib/api/problem';

interface StateProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  /** When it is all of the page: its title is then the page's. */
  isPage?: boolean;
}

/** A page or panel that has nothing to show, and what to do next. */
export function EmptyState({ title, children, icon, action, isPage }: StateProps) {
  return (
    <Center py={64} px="md">
      <Stack align="center" gap="xs" maw={420} ta="center">
        <Text c="dimmed" component="span" aria-hidden>
          {icon ?? <IconMoodEmpty size={36} stroke={1.4} />}
        </Text>
        <Title order={isPage ? 1 : 2} size="h4">
          {title}
        </Title>
        {children && (
          <Text size="sm" c="dimmed">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  isPage?: boolean;
}

/** Why something could not be loaded: not there, not allowed, or worth another try. */
export function ErrorState({ error, onRetry, isPage }: ErrorStateProps) {
  const status = error instanceof ApiProblem ? error.status : 0;
  if (status === 403) {
    return (
      <EmptyState isPage={isPage} title="This is not yours to see" icon={<IconLock size={36} stroke={1.4} />}>
        {messageOf(error)}
      </EmptyState>
    );
  }
  if (status === 404) {
    return (
      <EmptyState
        isPage={isPage}
        title="There is nothing here"
        icon={<IconZoomExclamation size={36} stroke={1.4} />}
      >
        {messageOf(error)}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      isPage={isPage}
      title="This could not be loaded"
      icon={<IconCloudOff size={36} stroke={1.4} />}
      action={
        onRetry && (
          <Button variant="light" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {messageOf(error)}
    </EmptyState>
  );
}

/** Gray lines where rows will be. */
export function LoadingRows({ rows = 8, height = 20 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="md" p="md" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={row} height={height} width={`${95 - ((row * 17) % 30)}%`} />
      ))}
    </Stack>
  );
}
