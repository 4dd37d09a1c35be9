/** What a made-up practice does, the segment it is sold to in, and how such practices call themselves. */
export interface DemoSpecialty {
  /** As leads list them: comma separated, the primary one first. */
  specialties: string;
  category: string;
  /** How many of the practices it is, relative to the others. */
  weight: number;
  /** What follows the first word of the practice's name. */
  names: readonly string[];
  /** What follows the name of a doctor with a practice of their own. */
  degree: string;
}

const specialty = (
  specialties: string,
  category: string,
  weight: number,
  names: readonly string[],
  degree = 'MD',
): DemoSpecialty => ({ specialties, category, weight, names, degree });

const HEART = ['Heart Associates', 'Cardiology Group', 'Cardiovascular Center'];
const KIDNEY = ['Kidney Care', 'Nephrology Associates', 'Renal Center'];
const FOOT = ['Foot & Ankle', 'Podiatry Group', 'Foot Clinic'];
const WOUND = ['Wound Center', 'Advanced Wound Care'];

export const DEMO_SPECIALTIES: readonly DemoSpecialty[] = [
  specialty('Podiatrist', 'Podiatrist', 14, FOOT, 'DPM'),
  specialty('Podiatrist, Wound Care', 'Podiatrist', 5, [...FOOT, 'Foot & Wound Institute'], 'DPM'),
  specialty('Cardiology', 'Cardiology', 12, HEART),
  specialty('Interventional Cardiology', 'Cardiology', 4, HEART),
  specialty('Cardiology, Nephrology', 'Cardiology', 5, ['Heart & Kidney Institute', 'Cardiorenal Group']),
  specialty('Nephrology', 'Nephrology', 10, KIDNEY),
  specialty('Nephrology, Internal Medicine', 'Nephrology', 3, KIDNEY),
  specialty('Wound Care', 'Wound Care', 7, WOUND),
  specialty('Wound Care, Vascular Surgery', 'Wound Care', 3, [...WOUND, 'Vein & Wound Center']),
  specialty('Vascular Surgery', 'Surgery', 5, ['Vascular Associates', 'Vein Center']),
  specialty('Plastic Surgery', 'Surgery', 4, ['Plastic Surgery', 'Reconstructive Surgery']),
  specialty('Dermatology', 'Dermatology', 7, ['Dermatology', 'Skin Clinic']),
  specialty('Dermatology - Mohs Surgery', 'Mohs Surgery', 4, ['Mohs Surgery', 'Skin Cancer Center']),
  specialty('Orthopedic Surgery', 'Orthopedics', 6, ['Orthopedics', 'Bone & Joint Center']),
  specialty('Family Medicine', 'Primary Care', 9, ['Family Medicine', 'Family Practice', 'Primary Care']),
  specialty('Internal Medicine', 'Internal Medicine', 7, ['Internal Medicine', 'Medical Associates']),
  specialty('Endocrinology', 'Internal Medicine', 4, ['Endocrinology', 'Diabetes & Thyroid Center']),
  specialty('Rheumatology', 'Internal Medicine', 2, ['Rheumatology', 'Arthritis Center']),
  specialty('Pain Medicine', 'Other Physicians', 4, ['Pain Management', 'Spine & Pain Center']),
  specialty('Geriatric Medicine, Family Medicine', 'Primary Care', 3, ['Senior Care', 'Geriatrics']),
];
