import { DataSource } from 'typeorm';
import { Activity } from './src/activities/activity.entity.js';
import { ApiKey } from './src/auth/api-keys/api-key.entity.js';
import { RefreshToken } from './src/auth/refresh-token.entity.js';
import { Session } from './src/auth/session.entity.js';
import { dataSourceOptions } from './src/database/data-source-options.js';
import { AgentAvailability } from './src/distribution/availability.entity.js';
import {
  Assignment,
  DistributionBatch,
  DistributionDecision,
  DistributionRun,
  Move,
} from './src/distribution/log.entity.js';
import { Policy, PolicyEvent, PolicyVersion, Standing } from './src/distribution/policy.entity.js';
import { ExportDownload, LeadExport } from './src/exports/export.entity.js';
import { ImportedRow } from './src/imports/imported-row.entity.js';
import { BulkChange, BulkChangeLead } from './src/leads/bulk-change.entity.js';
import { IdempotencyKey } from './src/leads/idempotency-key.entity.js';
import { Lead } from './src/leads/lead.entity.js';
import { LeadHistory } from './src/leads/lead-history.entity.js';
import { LeadStage } from './src/leads/lead-stage.entity.js';
import { OutboxConsumer, OutboxDelivery } from './src/outbox/outbox-consumer.entity.js';
import { AppendedFact, LoggedFact, OutboxHead } from './src/outbox/outbox-log.entity.js';
import { Notification, NotificationMute } from './src/realtime/notifications/notification.entity.js';
import { Webhook, WebhookDelivery } from './src/realtime/webhooks/webhook.entity.js';
import { User } from './src/users/user.entity.js';
import { SavedView, UserPreferences } from './src/views/saved-view.entity.js';

/** Every entity; the TypeORM command line and the drift test read this list. */
export const entities = [
  User,
  Session,
  RefreshToken,
  ApiKey,
  Lead,
  LeadHistory,
  LeadStage,
  IdempotencyKey,
  Activity,
  ImportedRow,
  Policy,
  PolicyVersion,
  PolicyEvent,
  Standing,
  AgentAvailability,
  DistributionRun,
  DistributionBatch,
  DistributionDecision,
  Assignment,
  Move,
  AppendedFact,
  LoggedFact,
  OutboxHead,
  OutboxConsumer,
  OutboxDelivery,
  Notification,
  NotificationMute,
  Webhook,
  WebhookDelivery,
  LeadExport,
  ExportDownload,
  SavedView,
  UserPreferences,
  BulkChange,
  BulkChangeLead,
];

/** For the TypeORM command line: `npx typeorm migration:run -d dist/ormconfig.js` with DATABASE_URL set. */
export default new DataSource({
  ...dataSourceOptions({
    url: process.env['DATABASE_URL'] ?? 'postgres://localhost/rota',
    poolSize: 2,
    statementTimeoutMs: 0,
  }),
  entities,
});
