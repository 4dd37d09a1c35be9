import { Button, Group, Input, TextInput } from '@mantine/core';
import { FOLLOW_UPS, followUpTime, toLocalInput } from '@/lib/follow-up';

interface TimeChoiceProps {
  label: string;
  /** As an input of kind datetime-local holds it; empty for none. */
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

/** A time to come: one of the usual ones with one press, or any other. */
export function TimeChoice({ label, value, onChange, error }: TimeChoiceProps) {
  return (
    <Input.Wrapper component="fieldset" label={label} labelElement="div" error={error} bd={0} p={0} m={0}>
      <Group gap={6} mt={4}>
        {FOLLOW_UPS.map((choice) => {
          const time = toLocalInput(followUpTime(choice));
          const isChosen = time === value;
          return (
            <Button
              key={choice}
              size="compact-sm"
              variant={isChosen ? 'filled' : 'default'}
              aria-pressed={isChosen}
              onClick={() => onChange(isChosen ? '' : time)}
            >
              {choice}
            </Button>
          );
        })}
        <TextInput
          type="datetime-local"
          size="xs"
          aria-label={`${label}: another time`}
          value={value}
          min={toLocalInput(new Date())}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </Group>
    </Input.Wrapper>
  );
}
