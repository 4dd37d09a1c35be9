import { Text } from '@mantine/core';
import type { PolicyRulesDto } from '@/lib/api/schema';
import { useNameOf } from '@/lib/people';
import { changesBetween } from './rule-diff';
import { linesOf } from './rule-lines';
import classes from './rules.module.css';

interface RuleChangesProps {
  before: PolicyRulesDto;
  after: PolicyRulesDto;
  /** What to say when nothing differs. */
  same: string;
}

/** What differs between two versions: struck out what was, marked what is. */
export function RuleChanges({ before, after, same }: RuleChangesProps) {
  const nameOf = useNameOf();
  const changes = changesBetween(linesOf(before, nameOf), linesOf(after, nameOf));
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {same}
      </Text>
    );
  return (
    <dl className={classes.rules}>
      {changes.map(({ key, section, label, ...change }) => (
        <div key={key} className={classes.rule}>
          <dt>
            <span className={classes.group}>{section}</span> {label}
          </dt>
          <dd>
            {change.before !== null && <del className={classes.before}>{change.before}</del>}
            {change.after === null ? (
              <ins className={classes.after}>no longer</ins>
            ) : (
              <ins className={classes.after}>{change.after}</ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
