import { LeadResponse } from './dto/lead.response.js';
import { findDataQuality } from './fields/data-quality.js';
import { findingsOfRepairs } from './fields/repairs.js';
import { Lead } from './lead.entity.js';

/** Entity to wire. */
export function toLeadResponse(lead: Lead): LeadResponse {
  return {
    id: lead.id,
    practice_name: lead.practiceName,
    owner_name: lead.ownerName,
    practice_phone: lead.practicePhone,
    owner_phone: lead.ownerPhone,
    address: lead.address,
    city: lead.city,
    state: lead.state,
    zip_code: lead.zipCode,
    zip: lead.zipCode,
    ein: lead.ein,
    npi: lead.npi,
    entity_type: lead.entityType,
    providers: lead.providers,
    specialties: lead.specialties,
    is_sole_proprietor: lead.isSoleProprietor,
    category: lead.category,
    score: lead.score,
    priority: lead.priority,
    status: lead.status,
    source: lead.source,
    assigned_user_id: lead.assignedUserId,
    assigned_at: lead.assignedAt,
    last_contact_date: lead.lastContactDate,
    next_follow_up: lead.nextFollowUp,
    contact_attempts: lead.contactAttempts,
    recycling_eligible_at: lead.recyclingEligibleAt,
    times_recycled: lead.timesRecycled,
    previous_agents: lead.previousAgents,
    medicare_allograft_score: lead.medicareAllograftScore,
    overlooked_opportunity_score: lead.overlookedOpportunityScore,
    rural_verified_score: lead.ruralVerifiedScore,
    scoring_breakdown: lead.scoringBreakdown,
    scoring_version: lead.scoringVersion,
    do_not_contact: lead.doNotContact || (lead.isPhoneClosed ?? false),
    data_quality: [...findDataQuality(lead), ...findingsOfRepairs(lead.repairs)],
    version: lead.version,
    created_at: lead.createdAt,
    updated_at: lead.updatedAt,
  };
}
