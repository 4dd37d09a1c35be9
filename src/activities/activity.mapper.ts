import { Activity } from './activity.entity.js';
import { ActivityResponse } from './dto/activity.response.js';

/** Entity to wire. */
export function toActivityResponse(activity: Activity): ActivityResponse {
  return {
    id: activity.id,
    lead_id: activity.leadId,
    user_id: activity.userId,
    activity_type: activity.activityType,
    subject: activity.subject,
    description: activity.description,
    outcome: activity.outcome,
    duration_minutes: activity.durationMinutes,
    scheduled_at: activity.scheduledAt,
    completed_at: activity.completedAt,
    created_at: activity.createdAt,
  };
}
