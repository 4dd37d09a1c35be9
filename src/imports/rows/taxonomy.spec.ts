import { specialtyOfTaxonomy } from './taxonomy.js';

describe('specialtyOfTaxonomy', () => {
  it.each([
    ['207RC0000X', 'Cardiology', 'Cardiology'],
    ['207RN0300X', 'Nephrology', 'Nephrology'],
    ['207R00000X', 'Internal Medicine', 'Internal Medicine'],
    ['207RS0012X', 'Internal Medicine', 'Internal Medicine'],
    ['207ND0101X', 'Dermatology - Mohs Surgery', 'Mohs Surgery'],
    ['213E00000X', 'Podiatrist', 'Podiatrist'],
    ['213EP1101X', 'Podiatrist', 'Podiatrist'],
    ['208600000X', 'Surgery', 'Surgery'],
    ['208000000X', 'Pediatrics', 'Primary Care'],
    ['2084N0400X', 'Neurology', 'Other Physicians'],
    ['163WW0000X', 'Wound Care - Nurse', 'Wound Care'],
    ['261QU0200X', 'Urgent Care', 'Clinic'],
    ['251G00000X', 'Hospice', 'Home and Residential Care'],
  ])('%s is %s, sold to as %s', (code, specialty, category) =>
    expect(specialtyOfTaxonomy(code)).toEqual({ specialty, category }),
  );

  it.each(['', '999X00000X', 'constructor', '2'])('knows no specialty for %p', (code) =>
    expect(specialtyOfTaxonomy(code)).toBeNull(),
  );
});
