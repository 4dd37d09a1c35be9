import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { DayRange } from '@/components/day-range';
import classes from './agent.module.css';

interface DaysOffProps {
  days: { from: string; to: string }[];
  today: string;
  refused: Record<string, string>;
  onChange: (days: { from: string; to: string }[]) => void;
}

/** Whole days without new leads, in one's own zone. */
export function DaysOff({ days, today, refused, onChange }: DaysOffProps) {
  return (
    <fieldset aria-label="Days off" className={classes.daysOff}>
      <Text size="sm" fw={500} mb={4}>
        Days off
      </Text>
      {days.map((range, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ranges have no name but their place
        <Group key={index} gap={6} mb={4}>
          <DayRange {...range} onChange={(changed) => onChange(days.with(index, changed))} />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the days off from ${range.from}`}
            onClick={() => onChange(days.toSpliced(index, 1))}
          >
            <IconX size={14} />
          </ActionIcon>
          {refused[`days_off.${index}`] && (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {refused[`days_off.${index}`]}
            </Text>
          )}
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...days, { from: today, to: today }])}
      >
        Add days off
      </Button>
    </fieldset>
  );
}
