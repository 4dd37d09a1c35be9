import { UserResponse } from './dto/user.response.js';
import { User } from './user.entity.js';

/** Entity to wire. */
export function toUserResponse(user: User): UserResponse {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    full_name: user.fullName,
    role: user.role,
    is_active: user.isActive,
    manager_id: user.managerId,
    phone: user.phone,
    territory: user.territory,
    must_change_password: user.mustChangePassword,
    last_activity: user.lastActivity,
    conversion_rate: user.conversionRate,
    activity_score: user.activityScore,
    deals_closed: user.dealsClosed,
    current_percentile: user.currentPercentile,
    current_rank: user.currentRank,
    performance_score: user.performanceScore,
    badges: user.badges,
    total_points: user.totalPoints,
    level: user.level,
    created_at: user.createdAt,
  };
}
