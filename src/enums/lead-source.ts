export const LeadSource = {
  NPPES_EXTRACTION: 'nppes_extraction',
  MANUAL_ENTRY: 'manual_entry',
  API_MANUAL_ENTRY: 'api_manual_entry',
  REFERRAL: 'referral',
  MARKETING: 'marketing',
  RECYCLED: 'recycled',
  IMPORT: 'import',
} as const;
export type LeadSource = (typeof LeadSource)[keyof typeof LeadSource];
