/** What a badge measures; see badges.repository for how each is counted. */
export type BadgeMetric = 'deals' | 'points' | 'percentile' | 'streak' | 'quick_contacts' | 'comebacks';

/** A badge is held while its metric reaches the target, and taken back when it no longer does. */
export interface Badge {
  badge: string;
  name: string;
  description: string;
  metric: BadgeMetric;
  target: number;
}

/** Percentile from which an agent is among the best. */
export const TOP_PERCENTILE = 90;

export const BADGES: readonly Badge[] = [
  { badge: 'first_deal', name: 'First deal', description: 'Won a deal', metric: 'deals', target: 1 },
  { badge: 'closer_10', name: 'Closer', description: 'Won 10 deals', metric: 'deals', target: 10 },
  { badge: 'closer_50', name: 'Master closer', description: 'Won 50 deals', metric: 'deals', target: 50 },
  { badge: 'points_500', name: 'Warmed up', description: 'Made 500 points', metric: 'points', target: 500 },
  { badge: 'points_5000', name: 'On fire', description: 'Made 5,000 points', metric: 'points', target: 5000 },
  {
    badge: 'top_10_percent',
    name: 'Top 10 %',
    description: `Stands at percentile ${TOP_PERCENTILE} or above`,
    metric: 'percentile',
    target: TOP_PERCENTILE,
  },
  {
    badge: 'streak_5',
    name: 'Full week',
    description: 'Made points on 5 working days in a row',
    metric: 'streak',
    target: 5,
  },
  {
    badge: 'streak_20',
    name: 'Full month',
    description: 'Made points on 20 working days in a row',
    metric: 'streak',
    target: 20,
  },
  {
    badge: 'quick_10',
    name: 'Quick on the phone',
    description: 'Made first contact with 10 leads within an hour of getting them',
    metric: 'quick_contacts',
    target: 10,
  },
  {
    badge: 'comeback',
    name: 'Comeback',
    description: 'Won a lead that had been recycled',
    metric: 'comebacks',
    target: 1,
  },
];
