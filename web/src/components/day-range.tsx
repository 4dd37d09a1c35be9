import { Group, TextInput } from '@mantine/core';

interface DayRangeProps {
  /** `YYYY-MM-DD`. */
  from: string;
  to: string;
  onChange: (range: { from: string; to: string }) => void;
}

/** Two days; the later end follows when they would cross. */
export function DayRange({ from, to, onChange }: DayRangeProps) {
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        type="date"
        size="xs"
        aria-label="From"
        value={from}
        onChange={({ currentTarget: { value } }) =>
          value && onChange({ from: value, to: value > to ? value : to })
        }
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        size="xs"
        aria-label="To"
        value={to}
        onChange={({ currentTarget: { value } }) =>
          value && onChange({ from: value < from ? value : from, to: value })
        }
      />
    </Group>
  );
}
