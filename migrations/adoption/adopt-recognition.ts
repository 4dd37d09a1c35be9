import { createdAt, TableAdoption } from './table-adoption.js';

export const achievements: TableAdoption = {
  table: 'achievements',
  columns: {
    id: 'integer',
    name: 'text',
    description: 'text',
    badge_icon: 'text',
    points_required: 'integer',
    criteria: 'jsonb',
    is_active: 'boolean',
    created_at: 'timestamptz',
  },
  adopt: (row) => ({
    id: row.id,
    name: row.words('name') ?? row.change('name', 'missing', `achievement ${row.id}`),
    description: row.words('description'),
    badge_icon: row.words('badge_icon'),
    points_required: row.whole('points_required'),
    criteria: row.json('criteria'),
    is_active: row.yesOrNo('is_active') ?? true,
    created_at: createdAt(row),
  }),
};

export const userAchievements: TableAdoption = {
  table: 'user_achievements',
  references: { user_id: 'users', achievement_id: 'achievements' },
  columns: {
    id: 'integer',
    user_id: 'integer',
    achievement_id: 'integer',
    earned_at: 'timestamptz',
    points_earned: 'integer',
  },
  adopt: (row) => {
    const userId = row.reference('user_id', 'users');
    const achievementId = row.reference('achievement_id', 'achievements');
    if (userId === null || achievementId === null) return null;
    return {
      id: row.id,
      user_id: userId,
      achievement_id: achievementId,
      earned_at: row.time('earned_at') ?? row.change('earned_at', 'missing', new Date().toISOString()),
      points_earned: row.whole('points_earned') ?? 0,
    };
  },
};

export const notifications: TableAdoption = {
  table: 'notifications',
  references: { user_id: 'users' },
  columns: {
    id: 'integer',
    user_id: 'integer',
    title: 'text',
    message: 'text',
    notification_type: 'text',
    is_read: 'boolean',
    data: 'jsonb',
    created_at: 'timestamptz',
  },
  adopt: (row) => {
    const userId = row.reference('user_id', 'users');
    if (userId === null) return null;
    return {
      id: row.id,
      user_id: userId,
      title: row.words('title') ?? row.change('title', 'missing', 'Notification'),
      message: row.words('message'),
      notification_type: row.text('notification_type') ?? 'info',
      is_read: row.yesOrNo('is_read') ?? false,
      data: row.json('data'),
      created_at: createdAt(row),
    };
  },
};
