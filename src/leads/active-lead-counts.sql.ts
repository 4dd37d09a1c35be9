/**
 * Active leads by agent without reading the leads: `agent_id`, `leads`. Triggers keep the counts, whoever changes leads
 * (docs/adr/0014-active-leads-are-counted-as-they-change.md).
 */
export const ACTIVE_LEAD_COUNTS = `
  SELECT agent_id, sum(leads)::int AS leads
    FROM (SELECT agent_id, leads FROM agent_lead_counts
           UNION ALL SELECT agent_id, change FROM agent_lead_count_changes) c
   GROUP BY agent_id`;

/**
 * Parts of a statement that sum the changes up. Only for who holds the lock of the distribution: two at once would wait for each
 * other. The statement itself still reads what was before it, which comes to the same counts.
 */
export const SUM_UP_LEAD_COUNTS = `
  summed_up AS (DELETE FROM agent_lead_count_changes RETURNING agent_id, change),
  counted AS (
    INSERT INTO agent_lead_counts AS c (agent_id, leads) SELECT agent_id, sum(change)::int FROM summed_up GROUP BY 1
    ON CONFLICT (agent_id) DO UPDATE SET leads = c.leads + excluded.leads
  )`;
