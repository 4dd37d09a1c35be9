import type { PolicyRulesDto } from '@/lib/api/schema';
import { useNameOf } from '@/lib/people';
import { strategyOf } from '../words';
import { linesOf } from './rule-lines';
import classes from './rules.module.css';

/** Every rule of a version in words. */
export function RuleList({ rules }: { rules: PolicyRulesDto }) {
  const nameOf = useNameOf();
  const lines = linesOf(rules, nameOf);
  const sections = [...new Set(lines.map(({ section }) => section))];
  return (
    <>
      <p className={classes.lead}>{strategyOf(rules.strategy).sentence}</p>
      {sections.map((section) => (
        <section key={section} aria-label={section} className={classes.section}>
          <h3 className={classes.heading}>{section}</h3>
          <dl className={classes.rules}>
            {lines
              .filter((line) => line.section === section)
              .map(({ key, label, text }) => (
                <div key={key} className={classes.rule}>
                  <dt>{label}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </>
  );
}
