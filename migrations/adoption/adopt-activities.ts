import { ActivityOutcome, ActivityType } from '../../src/enums/index.js';
import { labelOf } from './legacy-row.js';
import { createdAt, TableAdoption } from './table-adoption.js';

export const activities: TableAdoption = {
  table: 'activities',
  references: { lead_id: 'leads', user_id: 'users' },
  columns: {
    id: 'integer',
    lead_id: 'integer',
    user_id: 'integer',
    activity_type: 'text',
    subject: 'text',
    description: 'text',
    outcome: 'text',
    duration_minutes: 'integer',
    scheduled_at: 'timestamptz',
    completed_at: 'timestamptz',
    created_at: 'timestamptz',
  },
  adopt: (row) => {
    const leadId = row.reference('lead_id', 'leads');
    const userId = row.reference('user_id', 'users');
    if (leadId === null || userId === null) return null;
    const type = row.choice('activity_type', labelOf(ActivityType), ActivityType.NOTE);
    const scheduledAt = row.time('scheduled_at');
    const completedAt = row.time('completed_at');
    return {
      id: row.id,
      lead_id: leadId,
      user_id: userId,
      activity_type: type,
      subject: row.words('subject') ?? row.change('subject', 'missing', type),
      description: row.words('description'),
      // Other outcomes than ours stay: they are what somebody wrote.
      outcome: row.text('outcome', { read: labelOf(ActivityOutcome) }),
      duration_minutes: row.whole('duration_minutes'),
      scheduled_at: scheduledAt,
      completed_at: completedAt,
      created_at: createdAt(row, completedAt, scheduledAt),
    };
  },
};
