/** What a practice does and the segment in which it is sold to. */
export interface Specialty {
  specialty: string;
  category: string;
}

/**
 * Specialties by the beginning of their code, grouped by category. The longest beginning that fits decides, so `207R`
 * stands for every internist without an entry of their own. No label holds a comma: leads list specialties by commas.
 *
 * @see National Uniform Claim Committee, Health Care Provider Taxonomy; the labels are ours
 */
const SPECIALTIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Cardiology: {
    '207RC0000X': 'Cardiology',
    '207RC0001X': 'Cardiology - Electrophysiology',
    '207RI0011X': 'Interventional Cardiology',
    '207RA0001X': 'Cardiology - Heart Failure and Transplant',
    '2080P0202X': 'Pediatric Cardiology',
  },
  Nephrology: {
    '207RN0300X': 'Nephrology',
    '2080P0210X': 'Pediatric Nephrology',
    '261QE0700X': 'Dialysis Center',
  },
  Podiatrist: {
    '213E': 'Podiatrist',
    '213ES0103X': 'Podiatrist - Foot and Ankle Surgery',
    '213ES0131X': 'Podiatrist - Foot Surgery',
    '261QP1100X': 'Podiatric Clinic',
  },
  'Mohs Surgery': { '207ND0101X': 'Dermatology - Mohs Surgery' },
  'Wound Care': {
    '163WW0000X': 'Wound Care - Nurse',
    '2083P0011X': 'Undersea and Hyperbaric Medicine',
    '207PE0005X': 'Undersea and Hyperbaric Medicine',
  },
  Dermatology: { '207N': 'Dermatology' },
  'Primary Care': {
    '207Q': 'Family Medicine',
    '207QG0300X': 'Geriatric Medicine',
    '207RG0300X': 'Geriatric Medicine',
    '208D': 'General Practice',
    '2080': 'Pediatrics',
    '363A': 'Physician Assistant',
    '363AS0400X': 'Physician Assistant - Surgical',
    '363L': 'Nurse Practitioner',
    '363LF0000X': 'Family Nurse Practitioner',
    '261QP2300X': 'Primary Care Clinic',
    '261QF0400X': 'Federally Qualified Health Center',
    '261QR1300X': 'Rural Health Clinic',
  },
  'Internal Medicine': {
    '207R': 'Internal Medicine',
    '207RC0200X': 'Critical Care Medicine',
    '207RE0101X': 'Endocrinology',
    '207RG0100X': 'Gastroenterology',
    '207RH0000X': 'Hematology',
    '207RH0002X': 'Hospice and Palliative Medicine',
    '207RH0003X': 'Hematology and Oncology',
    '207RX0202X': 'Medical Oncology',
    '207RI0200X': 'Infectious Disease',
    '207RP1001X': 'Pulmonology',
    '207RR0500X': 'Rheumatology',
    '207K': 'Allergy and Immunology',
    '208M': 'Hospitalist',
  },
  Surgery: {
    '2086': 'Surgery',
    '2086S0122X': 'Plastic Surgery',
    '2086S0129X': 'Vascular Surgery',
    '2086X0206X': 'Surgical Oncology',
    '2082': 'Plastic Surgery',
    '208C': 'Colorectal Surgery',
    '208G': 'Thoracic Surgery',
    '207T': 'Neurosurgery',
    '202K': 'Vein Medicine',
    '261QA1903X': 'Ambulatory Surgery Center',
  },
  Orthopedics: {
    '207X': 'Orthopedic Surgery',
    '207XX0004X': 'Orthopedic Surgery - Foot and Ankle',
  },
  'Other Physicians': {
    '207L': 'Anesthesiology',
    '207LP2900X': 'Pain Medicine',
    '208VP': 'Pain Medicine',
    '207P': 'Emergency Medicine',
    '207S': 'Medical Genetics',
    '207U': 'Nuclear Medicine',
    '207V': 'Obstetrics and Gynecology',
    '207Y': 'Otolaryngology',
    '207Z': 'Pathology',
    '2081': 'Physical Medicine and Rehabilitation',
    '2083': 'Preventive Medicine',
    '2084N0400X': 'Neurology',
    '2085': 'Radiology',
    '2085R0001X': 'Radiation Oncology',
    '2085R0204X': 'Interventional Radiology',
    '2088': 'Urology',
  },
  'Behavioral Health': {
    '2084': 'Psychiatry and Neurology',
    '2084P0800X': 'Psychiatry',
    '2084P0804X': 'Child and Adolescent Psychiatry',
    '101Y': 'Counselor',
    '103K': 'Behavior Analyst',
    '103T': 'Psychologist',
    '1041': 'Social Worker',
    '106H': 'Marriage and Family Therapist',
    '251S': 'Community Behavioral Health',
    '261QM0801X': 'Mental Health Clinic',
  },
  Dental: {
    '1223': 'Dentist',
    '1223S0112X': 'Oral and Maxillofacial Surgery',
    '1223X0400X': 'Orthodontics',
    '124Q': 'Dental Hygienist',
    '204E': 'Oral and Maxillofacial Surgery',
    '261QD0000X': 'Dental Clinic',
  },
  'Eye Care': { '207W': 'Ophthalmology', '152W': 'Optometrist' },
  Therapy: {
    '111N': 'Chiropractor',
    '1711': 'Acupuncturist',
    '133V': 'Dietitian',
    '2251': 'Physical Therapist',
    '225X': 'Occupational Therapist',
    '2279': 'Respiratory Therapist',
    '231H': 'Audiologist',
    '235Z': 'Speech-Language Pathologist',
    '261QP2000X': 'Physical Therapy Clinic',
    '261QR0400X': 'Rehabilitation Clinic',
  },
  Nursing: {
    '163W': 'Registered Nurse',
    '164W': 'Licensed Practical Nurse',
    '364S': 'Clinical Nurse Specialist',
    '3675': 'Nurse Anesthetist',
    '367A': 'Nurse Midwife',
  },
  Clinic: {
    '1932': 'Multi-Specialty Group',
    '1934': 'Single-Specialty Group',
    '261Q': 'Clinic',
    '261QM1300X': 'Multi-Specialty Clinic',
    '261QR0200X': 'Radiology Clinic',
    '261QU0200X': 'Urgent Care',
  },
  Hospital: {
    '273': 'Hospital Unit',
    '281P': 'Chronic Disease Hospital',
    '282E': 'Long-Term Care Hospital',
    '282N': 'Hospital',
    '282NC0060X': 'Critical Access Hospital',
    '283Q': 'Psychiatric Hospital',
    '283X': 'Rehabilitation Hospital',
    '284': 'Special Hospital',
  },
  'Home and Residential Care': {
    '251E': 'Home Health',
    '251G': 'Hospice',
    '315D': 'Inpatient Hospice',
    '3104': 'Assisted Living',
    '313M': 'Nursing Facility',
    '3140': 'Skilled Nursing Facility',
    '32': 'Residential Treatment',
  },
  'Pharmacy and Supplies': {
    '1835': 'Pharmacist',
    '3336': 'Pharmacy',
    '332B': 'Medical Equipment Supplier',
    '335E': 'Prosthetics and Orthotics Supplier',
  },
  Diagnostics: {
    '291U': 'Medical Laboratory',
    '293D': 'Physiological Laboratory',
  },
  Other: {
    '1744': 'Specialist',
    '3416': 'Ambulance',
    '3902': 'Student in Training',
  },
};

const BY_PREFIX = new Map<string, Specialty>(
  Object.entries(SPECIALTIES).flatMap(([category, labels]) =>
    Object.entries(labels).map(([prefix, specialty]) => [prefix, { specialty, category }] as const),
  ),
);
const LENGTHS = [...new Set([...BY_PREFIX.keys()].map((prefix) => prefix.length))].sort((a, b) => b - a);

/** @param code ten characters such as `207RC0000X`; null when its specialty is not known */
export function specialtyOfTaxonomy(code: string): Specialty | null {
  for (const length of LENGTHS) {
    const specialty = BY_PREFIX.get(code.slice(0, length));
    if (specialty !== undefined) return specialty;
  }
  return null;
}
