import { textList } from '../database/text-list.sql.js';
import { CONTACT_TYPES, UNANSWERED_OUTCOMES } from '../enums/index.js';

/**
 * Who is to do something planned, over `activities a`, their lead `l` and who planned them `p`: who planned it, until an
 * agent loses the lead, which they then may not see any more: from then on who has the lead, or nobody.
 */
export const ASKED_OF = `CASE WHEN p.role = 'agent' AND l.assigned_user_id IS DISTINCT FROM a.user_id
  THEN l.assigned_user_id ELSE a.user_id END`;

const REACHED = `c.activity_type IN (${textList(CONTACT_TYPES)}) AND c.completed_at IS NOT NULL
  AND c.undone_at IS NULL AND coalesce(c.outcome, 'completed') NOT IN (${textList(['cancelled', ...UNANSWERED_OUTCOMES])})`;

/**
 * Whether a planned callback, over `activities a`, need not be made any more: since it was planned somebody was reached, on its
 * day or later. Nothing is written down about it, so that taking that contact back makes the callback due again.
 *
 * @param zone placeholder of the company's time zone, whose days count
 */
export const isSettled = (zone: string): string => `(a.activity_type IN ('call', 'follow_up') AND EXISTS (
  SELECT 1 FROM activities c WHERE c.lead_id = a.lead_id AND ${REACHED}
     AND c.completed_at > coalesce(a.updated_at, a.created_at)
     AND (c.completed_at AT TIME ZONE ${zone})::date >= (a.scheduled_at AT TIME ZONE ${zone})::date))`;
