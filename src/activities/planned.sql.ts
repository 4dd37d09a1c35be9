/**
 * Who is to do something planned, over `activities a`, their lead `l` and who planned them `p`: who planned it, until an
 * agent loses the lead, which they then may not see any more: from then on who has the lead, or nobody.
 */
export const ASKED_OF = `CASE WHEN p.role = 'agent' AND l.assigned_user_id IS DISTINCT FROM a.user_id
  THEN l.assigned_user_id ELSE a.user_id END`;
