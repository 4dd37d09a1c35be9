import type { LeadResponse } from '@/lib/api/schema';
import { type Draft, draftOf, FIELD, type FieldName, LEAD_FIELDS, wireValue } from './lead-fields';

export interface Conflict {
  name: FieldName;
  /** As typed here. */
  mine: string;
  /** As somebody else saved it. */
  theirs: string;
}

export interface Merge {
  /** What was typed here, with what somebody else changed where nothing was typed. */
  draft: Draft;
  /** Fields that both changed, to different values; the draft keeps mine until one is chosen. */
  conflicts: Conflict[];
  /** Fields taken over from somebody else. */
  taken: FieldName[];
}

/**
 * Three-way merge by field.
 *
 * @param base the lead as it was when the edit began
 * @param draft what is typed since
 * @param theirs the lead as it is now
 */
export function merge(base: LeadResponse, draft: Draft, theirs: LeadResponse): Merge {
  const now = draftOf(theirs);
  const merged = { ...draft };
  const conflicts: Conflict[] = [];
  const taken: FieldName[] = [];
  for (const { name } of LEAD_FIELDS) {
    const mine = wireValue(FIELD[name], draft[name]);
    if (theirs[name] === base[name] || mine === theirs[name]) continue;
    if (mine === base[name]) {
      merged[name] = now[name];
      taken.push(name);
    } else {
      conflicts.push({ name, mine: draft[name], theirs: now[name] });
    }
  }
  return { draft: merged, conflicts, taken };
}
