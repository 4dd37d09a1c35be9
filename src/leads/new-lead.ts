import { FieldError } from '../common/problem.js';
import { LeadSource } from '../enums/index.js';
import { CreateLeadDto } from './dto/create-lead.dto.js';
import { propertiesSetBy } from './dto/update-lead.dto.js';
import { priorityOfScore, type ScoringVersion, scoreLead } from './fields/scoring.js';
import { Lead } from './lead.entity.js';

/** Nobody could tell which practice a lead without any of these is. */
export function findMissingIdentity(dto: CreateLeadDto): FieldError | undefined {
  if (dto.practice_name || dto.owner_name || dto.npi) return undefined;
  return {
    field: 'practice_name',
    code: 'required',
    message: 'must be given, or else owner_name or npi',
  };
}

/** A lead as it is first stored: scored when no score is given. */
export function newLead(
  dto: CreateLeadDto,
  source: LeadSource,
  ownerId: number | null,
  scoring: ScoringVersion,
): Partial<Lead> {
  const fields = propertiesSetBy(dto);
  const scored = scoreLead(
    { ...fields, specialties: fields.specialties ?? null, providers: fields.providers ?? null },
    scoring,
  );
  const score = dto.score ?? scored.score;
  return {
    ...fields,
    score,
    priority: dto.priority ?? priorityOfScore(score, scoring),
    scoringBreakdown: typeof dto.score === 'number' ? null : scored.breakdown,
    scoringVersion: typeof dto.score === 'number' ? null : scoring.version,
    source: dto.source ?? source,
    assignedUserId: ownerId,
    assignedAt: ownerId === null ? null : new Date(),
    medicareAllograftScore: dto.medicare_allograft_score,
    overlookedOpportunityScore: dto.overlooked_opportunity_score,
    ruralVerifiedScore: dto.rural_verified_score,
  };
}
