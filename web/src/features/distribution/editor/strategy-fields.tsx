import { NumberInput, Radio, Text } from '@mantine/core';
import { STRATEGIES } from '../words';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

export function StrategyFields({ form }: { form: PolicyForm }) {
  return (
    <>
      <Radio.Group aria-label="Strategy" {...form.getInputProps('strategy')}>
        <div className={classes.strategies}>
          {STRATEGIES.map(({ value, label, sentence }) => (
            <Radio
              key={value}
              value={value}
              className={classes.strategy}
              data-checked={form.values.strategy === value || undefined}
              label={label}
              description={sentence}
              styles={{ label: { fontWeight: 500 } }}
            />
          ))}
        </div>
      </Radio.Group>
      {form.values.strategy === 'performance' && (
        <div className={classes.row}>
          <NumberInput
            label="Floor"
            description="Of an equal share; nobody falls below."
            suffix=" %"
            min={0}
            max={99}
            {...form.getInputProps('performance.floor')}
          />
          <NumberInput
            label="Shared equally"
            description="So that everybody can show what they can."
            suffix=" %"
            min={0}
            max={100}
            {...form.getInputProps('performance.exploration')}
          />
          <NumberInput
            label="Smoothing"
            description="Closed leads that the company’s rate counts as."
            min={1}
            {...form.getInputProps('performance.prior_leads')}
          />
        </div>
      )}
      {form.values.strategy === 'claim' && (
        <Text size="sm" c="dimmed">
          Phones stay masked until a lead is claimed. Of many who claim at once exactly one gets it.
        </Text>
      )}
    </>
  );
}
