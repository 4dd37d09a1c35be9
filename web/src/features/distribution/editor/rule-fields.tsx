import { Checkbox, NumberInput, Switch } from '@mantine/core';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

export function CapacityFields({ form }: { form: PolicyForm }) {
  const isRefused = form.errors['target_active'] !== undefined || form.values.accept_overload;
  return (
    <>
      <div className={classes.row}>
        <NumberInput
          label="Active leads each"
          description="Agents are filled up to it."
          min={1}
          allowDecimal={false}
          {...form.getInputProps('target_active')}
        />
        <NumberInput
          label="New leads a day"
          description="At most; empty is no limit."
          min={1}
          allowDecimal={false}
          {...form.getInputProps('per_day')}
        />
        <NumberInput
          label="New leads an hour"
          description="At most; empty is no limit."
          min={1}
          allowDecimal={false}
          {...form.getInputProps('per_hour')}
        />
      </div>
      {isRefused && (
        <Checkbox
          label="Have it so although somebody has more leads now"
          description="They get none until they are below it."
          {...form.getInputProps('accept_overload', { type: 'checkbox' })}
        />
      )}
    </>
  );
}

export function OrderFields({ form }: { form: PolicyForm }) {
  return (
    <>
      <NumberInput
        label="A day of waiting is worth"
        description="Score points, so that no lead waits forever; 0 is by score, then oldest first."
        suffix=" points"
        maw={260}
        min={0}
        max={100}
        {...form.getInputProps('aging_points_per_day')}
      />
      <Checkbox.Group
        label="A lead goes to whoever already works a practice with the same"
        {...form.getInputProps('sticky')}
      >
        <div className={classes.row}>
          <Checkbox value="ein" label="EIN" mt={6} />
          <Checkbox value="owner_phone" label="Owner phone" mt={6} />
        </div>
      </Checkbox.Group>
      <Switch
        label="Not back to an agent who had it before"
        description="Unless nobody else can take it."
        {...form.getInputProps('avoid_previous_agents', { type: 'checkbox' })}
      />
    </>
  );
}
