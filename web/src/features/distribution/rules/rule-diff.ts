import type { RuleLine } from './rule-lines';

/** A rule that is other than before; null on the side where it is not. */
export interface RuleChange {
  key: string;
  section: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** What changes from one list of rules to another, in the order in which rules are read. */
export function changesBetween(before: readonly RuleLine[], after: readonly RuleLine[]): RuleChange[] {
  const old = new Map(before.map((line) => [line.key, line]));
  const kept = new Set(after.map(({ key }) => key));
  const gone = before
    .filter(({ key }) => !kept.has(key))
    .map(({ key, section, label, text }) => ({ key, section, label, before: text, after: null }));
  const changed = after
    .map(({ key, section, label, text }) => ({
      key,
      section,
      label,
      before: old.get(key)?.text ?? null,
      after: text,
    }))
    .filter((change) => change.before !== change.after);
  return [...changed, ...gone];
}
