import { ActionIcon, Button, TagsInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { conditionInWords } from '../rules/condition-words';
import { ConditionFields } from './condition-fields';
import { conditionOf, skillRuleDraft } from './draft';
import classes from './editor.module.css';
import type { PolicyForm } from './use-policy-form';

/** Which leads ask for agents with which skills. */
export function SkillFields({ form }: { form: PolicyForm }) {
  return (
    <>
      {form.values.skill_rules.map((rule, index) => {
        const path = `skill_rules.${index}`;
        const what = conditionInWords(conditionOf(rule.leads));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name but their place
          <fieldset key={index} className={classes.participant} aria-label={`Skills for ${what}`}>
            <div className={classes.skillHead}>
              <span>Leads: {what}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove the skills for ${what}`}
                onClick={() => form.removeListItem('skill_rules', index)}
              >
                <IconX size={16} />
              </ActionIcon>
            </div>
            <ConditionFields form={form} path={`${path}.leads`} />
            <div className={classes.takes}>
              <div className={classes.condition}>
                <TagsInput
                  label="Agents who speak one of"
                  placeholder={rule.languages.length === 0 ? 'Any language' : undefined}
                  {...form.getInputProps(`${path}.languages`)}
                />
                <TagsInput
                  label="And know one of"
                  placeholder={rule.specialties.length === 0 ? 'Any specialty' : undefined}
                  {...form.getInputProps(`${path}.specialties`)}
                />
              </div>
            </div>
          </fieldset>
        );
      })}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => form.insertListItem('skill_rules', skillRuleDraft())}
        >
          Add a rule about skills
        </Button>
      </div>
    </>
  );
}
