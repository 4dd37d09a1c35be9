import { ActionIcon, Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { fieldErrorsOf, messageOf } from '@/lib/api/problem';
import type { AvailabilityResponse } from '@/lib/api/schema';
import { dayFromNow } from '@/lib/days';
import { sayDone } from '@/lib/undo';
import { useSaveAvailability } from '../api/use-availability';
import classes from './agent.module.css';
import { DaysOff } from './days-off';
import { faultsInWeek, hoursOf, timeZones, USUAL_WEEK, WEEKDAYS, type Weekday, weekOf } from './hours';

interface HoursFormProps {
  availability: AvailabilityResponse;
  onDone?: () => void;
}

/** Working hours in a zone, and days off. */
export function HoursForm({ availability, onDone }: HoursFormProps) {
  const save = useSaveAvailability(availability.agent_id);
  const [zone, setZone] = useState(availability.time_zone);
  const [hasHours, setHasHours] = useState(availability.hours !== null);
  const [week, setWeek] = useState(() =>
    availability.hours === null ? USUAL_WEEK : weekOf(availability.hours),
  );
  const [daysOff, setDaysOff] = useState(availability.days_off);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const refused = { ...fieldErrorsOf(save.error), ...faults };
  const change = (day: Weekday, spans: (typeof week)[Weekday]) => setWeek({ ...week, [day]: spans });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = hasHours ? faultsInWeek(week) : {};
    setFaults(wrong);
    if (Object.keys(wrong).length > 0) return;
    save.mutate(
      {
        time_zone: zone,
        hours: (hasHours ? hoursOf(week) : null) as never,
        days_off: daysOff,
      },
      {
        onSuccess: () => {
          sayDone('Working hours are saved');
          onDone?.();
        },
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Select
          label="Time zone"
          placeholder="UTC"
          searchable
          clearable
          maw={320}
          data={timeZones()}
          value={zone}
          error={refused['time_zone']}
          onChange={setZone}
        />
        <Switch
          label="Only in working hours"
          description="Otherwise new leads come around the clock."
          checked={hasHours}
          onChange={(event) => setHasHours(event.currentTarget.checked)}
        />
        {hasHours && (
          <div className={classes.days}>
            {WEEKDAYS.map(({ key, name }) => (
              <fieldset key={key} className={classes.day} aria-label={name}>
                <span className={classes.dayName}>{name}</span>
                <div className={classes.spans}>
                  {week[key].map((span, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: spans have no name but their place
                    <div key={index} className={classes.span}>
                      <TextInput
                        type="time"
                        size="xs"
                        aria-label={`${name} from`}
                        value={span.from}
                        onChange={({ currentTarget: { value } }) =>
                          change(key, week[key].with(index, { ...span, from: value }))
                        }
                      />
                      <span aria-hidden>–</span>
                      <TextInput
                        type="time"
                        size="xs"
                        aria-label={`${name} to`}
                        value={span.to}
                        onChange={({ currentTarget: { value } }) =>
                          change(key, week[key].with(index, { ...span, to: value }))
                        }
                      />
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`Remove ${span.from}–${span.to} on ${name}`}
                        onClick={() => change(key, week[key].toSpliced(index, 1))}
                      >
                        <IconX size={14} />
                      </ActionIcon>
                      {index === week[key].length - 1 && (
                        <AddHours
                          name={name}
                          onAdd={() => change(key, [...week[key], { from: span.to, to: '' }])}
                        />
                      )}
                    </div>
                  ))}
                  {week[key].length === 0 && (
                    <Group gap={4} mih={30}>
                      <Text size="sm" c="dimmed">
                        Free
                      </Text>
                      <AddHours name={name} onAdd={() => change(key, [{ from: '09:00', to: '17:00' }])} />
                    </Group>
                  )}
                  {refused[`hours.${key}`] && (
                    <Text size="xs" c="var(--mantine-color-error)" role="alert">
                      {refused[`hours.${key}`]}
                    </Text>
                  )}
                </div>
              </fieldset>
            ))}
          </div>
        )}
        <DaysOff days={daysOff} today={dayFromNow()} refused={refused} onChange={setDaysOff} />
        {save.error && Object.keys(refused).length === 0 && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {messageOf(save.error)}
          </Text>
        )}
        <div>
          <Button type="submit" loading={save.isPending}>
            Save hours
          </Button>
        </div>
      </Stack>
    </form>
  );
}

function AddHours({ name, onAdd }: { name: string; onAdd: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={`Add hours on ${name}`} onClick={onAdd}>
      <IconPlus size={14} />
    </ActionIcon>
  );
}
