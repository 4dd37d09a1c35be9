import { Baseline1753142400000 } from './1753142400000-baseline.js';
import { ImportedRows1753171200000 } from './1753171200000-imported-rows.js';
import { Distribution1753228800000 } from './1753228800000-distribution.js';
import { GamificationAndAnalytics1753315200000 } from './1753315200000-gamification-and-analytics.js';
import { Realtime1753401600000 } from './1753401600000-realtime.js';
import { LeadDesk1753500000000 } from './1753500000000-lead-desk.js';
import { ApiKeys1753600000000 } from './1753600000000-api-keys.js';
import { DoNotContactAndSkills1753700000000 } from './1753700000000-do-not-contact-and-skills.js';
import { FirstContactWarnings1753710000000 } from './1753710000000-first-contact-warnings.js';
import { ActiveLeadCounts1753720000000 } from './1753720000000-active-lead-counts.js';
import { VacuumOfLeadCountChanges1753730000000 } from './1753730000000-vacuum-of-lead-count-changes.js';
import { MoreFigures1753800000000 } from './1753800000000-more-figures.js';
import { RemindersAndTargets1753800100000 } from './1753800100000-reminders-and-targets.js';
import { Imports1753900000000 } from './1753900000000-imports.js';
import { AuditTrail1754000000000 } from './1754000000000-audit-trail.js';
import { SecondFactors1754000100000 } from './1754000100000-second-factors.js';
import { LeadTypesInTheRollup1754001000000 } from './1754001000000-lead-types-in-the-rollup.js';
import { DeactivatedNpis1754002000000 } from './1754002000000-deactivated-npis.js';
import { ScoringRules1754002100000 } from './1754002100000-scoring-rules.js';
import { LikelyDuplicates1754003000000 } from './1754003000000-likely-duplicates.js';
import { ProviderAccounts1754003100000 } from './1754003100000-provider-accounts.js';
import { FirstContacts1754003200000 } from './1754003200000-first-contacts.js';
import { PartitionsOfTheLog1754003300000 } from './1754003300000-partitions-of-the-log.js';
import { AgentsOfLeadTypes1754003400000 } from './1754003400000-agents-of-lead-types.js';
import { PointsByMonth1754003500000 } from './1754003500000-points-by-month.js';
import { FiguresWithoutLeads1754003600000 } from './1754003600000-figures-without-leads.js';
import { ScoresOfAssignments1754003700000 } from './1754003700000-scores-of-assignments.js';
import { SurveysOfImportsUnderWay1754003800000 } from './1754003800000-surveys-of-imports-under-way.js';

/** Every migration, in the order of its timestamp. */
export const migrations = [
  Baseline1753142400000,
  ImportedRows1753171200000,
  Distribution1753228800000,
  GamificationAndAnalytics1753315200000,
  Realtime1753401600000,
  LeadDesk1753500000000,
  ApiKeys1753600000000,
  DoNotContactAndSkills1753700000000,
  FirstContactWarnings1753710000000,
  ActiveLeadCounts1753720000000,
  VacuumOfLeadCountChanges1753730000000,
  MoreFigures1753800000000,
  RemindersAndTargets1753800100000,
  Imports1753900000000,
  AuditTrail1754000000000,
  SecondFactors1754000100000,
  LeadTypesInTheRollup1754001000000,
  DeactivatedNpis1754002000000,
  ScoringRules1754002100000,
  LikelyDuplicates1754003000000,
  ProviderAccounts1754003100000,
  FirstContacts1754003200000,
  PartitionsOfTheLog1754003300000,
  AgentsOfLeadTypes1754003400000,
  PointsByMonth1754003500000,
  FiguresWithoutLeads1754003600000,
  ScoresOfAssignments1754003700000,
  SurveysOfImportsUnderWay1754003800000,
];
