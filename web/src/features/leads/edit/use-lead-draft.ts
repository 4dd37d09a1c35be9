import { useEffect, useMemo, useState } from 'react';
import { ApiProblem, fieldErrorsOf } from '@/lib/api/problem';
import type { LeadResponse } from '@/lib/api/schema';
import { loadLead } from '../api/use-lead';
import { useUpdateLead } from '../api/use-update-lead';
import { useOthersChanges } from '../live/use-others-changes';
import { hintsFor } from './hints';
import {
  changedFields,
  changesOf,
  type Draft,
  draftOf,
  FIELD,
  type FieldName,
  faultOf,
  LEAD_FIELDS,
  tidied,
} from './lead-fields';
import { type Merge, merge } from './merge';

const STALE = 412;

/** The edit of one lead, from its first key to its saving. Nothing typed is lost, whatever the server answers. */
export function useLeadDraft(lead: LeadResponse, onSaved: (saved: LeadResponse, fields: string[]) => void) {
  const [base, setBase] = useState(lead);
  const [draft, setDraft] = useState<Draft>(() => draftOf(lead));
  const [merged, setMerged] = useState<Merge | null>(null);
  const [refusals, setRefusals] = useState<Record<string, string>>({});
  const update = useUpdateLead();
  const { change: theirs, isLost } = useOthersChanges(lead.id);

  const changed = changedFields(base, draft);
  const faulty = changed.filter((field) => faultOf(field, draft[field.name]) !== null);
  const hints = useMemo(() => hintsFor(draft), [draft]);

  const set = (name: FieldName, value: string) => {
    setDraft((before) => ({ ...before, [name]: value }));
    setRefusals(({ [name]: _, ...others }) => others);
  };

  const rebase = (now: LeadResponse) => {
    const outcome = merge(base, draft, now);
    setBase(now);
    setDraft(outcome.draft);
    return outcome;
  };

  const isNews = theirs !== null && theirs.lead.version > base.version && !update.isPending;
  const fields = isNews ? LEAD_FIELDS.filter(({ name }) => theirs.lead[name] !== base[name]) : [];
  const isDirty = changed.length > 0;
  const canFollow = isNews && (fields.length === 0 || !isDirty);
  // Where nothing is typed nothing can be lost.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change of theirs
  useEffect(() => {
    if (canFollow) rebase(theirs.lead);
  }, [canFollow, theirs]);

  const save = async (): Promise<void> => {
    const labels = changed.map((field) => field.label);
    try {
      onSaved(await update.mutateAsync({ lead: base, changes: changesOf(changed, draft) }), labels);
    } catch (error) {
      setRefusals(fieldErrorsOf(error));
      if (error instanceof ApiProblem && error.status === STALE) {
        setMerged(rebase(await loadLead(base.id)));
      }
    }
  };

  return {
    base,
    draft,
    set,
    changed,
    isDirty,
    canSave: isDirty && faulty.length === 0 && !isLost,
    faulty,
    hints,
    refusals,
    merged,
    /** What somebody else saved since, and has not been looked at here; null while there is nothing. */
    meanwhile: isNews && fields.length > 0 ? { by: theirs.by, fields: fields.map(({ name }) => name) } : null,
    takeOver: () => theirs && setMerged(rebase(theirs.lead)),
    /** Whether it may no longer be edited. */
    isLost,
    /** A refusal that concerns no field; null while there is none. */
    problem: isAboutAField(update.error, refusals) ? null : update.error,
    isSaving: update.isPending,
    save,
    /** How a field reads before and after. */
    change: (name: FieldName) => ({ before: base[name], after: tidied(FIELD[name], draft[name]) }),
  };
}

function isAboutAField(error: unknown, refusals: Record<string, string>): boolean {
  if (!(error instanceof ApiProblem)) return false;
  return (
    error.status === STALE || (error.status === 422 && Object.keys(refusals).some((name) => name in FIELD))
  );
}
