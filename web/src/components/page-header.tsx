import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

interface PageHeaderProps {
  title: string;
  /** Beside the title: a count. */
  note?: ReactNode;
  children?: ReactNode;
}

/** The head of a page; its title is the window's too. */
export function PageHeader({ title, note, children }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Rota`;
  }, [title]);
  return (
    <Group justify="space-between" px="md" py="sm" gap="sm">
      <Group gap="xs" align="baseline">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Text size="sm" c="dimmed" role="status">
          {note}
        </Text>
      </Group>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
