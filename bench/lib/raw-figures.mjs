// The contract's figures of everybody, counted from the rows that they are about.

const SPECIALTY = `coalesce(nullif(trim(split_part(l.specialties, ',', 1)), ''), nullif(trim(l.category), ''), 'Unknown')`;

export const RAW_DASHBOARD = `
  WITH counted AS (
    SELECT status, count(*)::int AS leads FROM leads WHERE deleted_at IS NULL GROUP BY status
  ), closed AS (
    SELECT count(*) FILTER (WHERE s.status = 'CLOSED_WON') AS won, count(*) AS closed,
           avg(s.deal_value) FILTER (WHERE s.status = 'CLOSED_WON') AS size
      FROM lead_stages s JOIN leads l ON l.id = s.lead_id AND l.deleted_at IS NULL
     WHERE s.left_at IS NULL AND s.status IN ('CLOSED_WON', 'CLOSED_LOST')
  )
  SELECT (SELECT jsonb_object_agg(status, leads) FROM counted), won, closed, size FROM closed`;

export const RAW_LEAD_TYPES = `
  WITH typed AS (
    SELECT ${SPECIALTY} AS specialty, l.priority, coalesce(l.state, 'Unknown') AS state,
           CASE WHEN l.providers IS NULL THEN 'unknown' WHEN l.providers = 1 THEN 'solo' WHEN l.providers <= 5 THEN '2-5'
                WHEN l.providers <= 20 THEN '6-20' ELSE '21+' END AS size,
           CASE WHEN l.score >= 90 THEN '90-100' WHEN l.score >= 80 THEN '80-89' WHEN l.score >= 70 THEN '70-79'
                WHEN l.score >= 60 THEN '60-69' ELSE '0-59' END AS scores, l.source,
           CASE WHEN l.status IN ('CLOSED_WON', 'CLOSED_LOST') THEN s.agent_id ELSE l.assigned_user_id END AS agent_id,
           l.contact_attempts > 0 OR l.status NOT IN ('NEW', 'RECYCLED') AS contacted, l.status
      FROM leads l JOIN lead_stages s ON s.lead_id = l.id AND s.left_at IS NULL WHERE l.deleted_at IS NULL
  ), by_agent AS (
    SELECT specialty, priority, state, size, scores, source, agent_id, count(*) AS total,
           count(*) FILTER (WHERE contacted) AS contacted, count(*) FILTER (WHERE status = 'CLOSED_WON') AS won,
           count(*) FILTER (WHERE status IN ('CLOSED_WON', 'CLOSED_LOST')) AS closed
      FROM typed GROUP BY 1, 2, 3, 4, 5, 6, 7
  ), placed AS (
    SELECT *, row_number() OVER (PARTITION BY specialty, priority, state, size, scores, source
             ORDER BY closed = 0, won / nullif(closed, 0)::float8 DESC, total DESC, agent_id) AS place
      FROM by_agent
  )
  SELECT specialty, priority, state, size, scores, source, sum(total) AS total, sum(contacted) AS contacted, sum(won) AS won,
         sum(closed) AS closed, jsonb_agg(agent_id ORDER BY place) FILTER (WHERE place <= 3) AS best
    FROM placed GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY total DESC LIMIT 1000`;
