import '@mantine/dates/styles.css';
import { Chip, Group, Input, NumberInput, Switch, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { PRIORITIES } from '@/lib/domain';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

const WEEKDAYS = [
  ['mon', 'Mon'],
  ['tue', 'Tue'],
  ['wed', 'Wed'],
  ['thu', 'Thu'],
  ['fri', 'Fri'],
  ['sat', 'Sat'],
  ['sun', 'Sun'],
] as const;

export function CallWindowFields({ form }: { form: PolicyForm }) {
  return (
    <>
      <Switch
        label="Only in the practice’s own hours"
        description="Its zone comes from its ZIP code or state."
        {...form.getInputProps('has_call_window', { type: 'checkbox' })}
      />
      {form.values.has_call_window && (
        <>
          <div className={classes.row}>
            <TextInput type="time" label="From" {...form.getInputProps('call_window.from')} />
            <TextInput type="time" label="To" {...form.getInputProps('call_window.to')} />
          </div>
          <Input.Wrapper
            label="Days"
            labelElement="div"
            description="None chosen is every day."
            error={form.errors['call_window.days']}
          >
            <Chip.Group multiple {...form.getInputProps('call_window.days')}>
              <Group gap={6} mt={6}>
                {WEEKDAYS.map(([value, label]) => (
                  <Chip key={value} value={value} size="xs" variant="outline">
                    {label}
                  </Chip>
                ))}
              </Group>
            </Chip.Group>
          </Input.Wrapper>
        </>
      )}
    </>
  );
}

export function RecyclingFields({ form }: { form: PolicyForm }) {
  return (
    <>
      <Input.Wrapper
        label="First contact within"
        labelElement="div"
        description="Minutes, by priority. Agent and manager are warned before that; empty is no target."
      >
        <div className={classes.minutes}>
          {PRIORITIES.map((priority) => (
            <NumberInput
              key={priority}
              label={priority}
              min={1}
              hideControls
              allowDecimal={false}
              {...form.getInputProps(`first_contact_minutes.${priority}`)}
            />
          ))}
        </div>
      </Input.Wrapper>
      <div className={classes.row}>
        <NumberInput
          label="Taken back after"
          description="Hours untouched."
          suffix=" h"
          min={1}
          {...form.getInputProps('recycle_after_hours')}
        />
        <NumberInput
          label="Quarantined after"
          description="Times taken back."
          min={0}
          allowDecimal={false}
          {...form.getInputProps('max_times_recycled')}
        />
        <NumberInput
          label="Turn given back within"
          description="When returned as bad."
          suffix=" h"
          min={0}
          {...form.getInputProps('credit_window_hours')}
        />
      </div>
      <Switch
        label="Only working hours count"
        description="The clock stands while the agent is not at work."
        {...form.getInputProps('working_hours_only', { type: 'checkbox' })}
      />
    </>
  );
}

export function DayFields({ form }: { form: PolicyForm }) {
  return (
    <>
      <DatePickerInput
        type="multiple"
        label="Holidays"
        placeholder="None beside the company’s"
        description="Nobody gets leads on these days."
        valueFormat="MMM D, YYYY"
        clearable
        {...form.getInputProps('holidays')}
      />
      <Switch
        label="Turns missed while away are made up"
        description="Otherwise being away neither costs nor earns anything."
        {...form.getInputProps('make_up_skipped_turns', { type: 'checkbox' })}
      />
    </>
  );
}
