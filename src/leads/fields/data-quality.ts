import { hasAssignableEinPrefix, normalizeEin } from './ein.js';
import { hasValidNpiCheckDigit } from './npi.js';
import { isAssignableUsPhone, isFormattedUsPhone } from './phone.js';
import { USPS_STATE_CODES } from './state.js';
import { withoutCityAndState } from './street-address.js';
import { normalizeZipCode } from './zip-code.js';
import { statesOfZipCode } from './zip-state.js';

/** Something in a lead that is accepted but looks wrong; `field` is the wire name. */
export interface DataQualityFinding {
  field: string;
  code: string;
  message: string;
}

/** The fields that are looked at. */
export interface CheckedFields {
  practiceName: string | null;
  practicePhone: string | null;
  ownerPhone: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  zipCode: string | null;
  ein: string | null;
  npi: string | null;
  npiDeactivatedAt?: Date | null;
}

const STATE_CODES = new Set(USPS_STATE_CODES);

/** What looks wrong in the fields as they are now. Called for every row of a list, so nothing in it is slow. */
export function findDataQuality(lead: CheckedFields): DataQualityFinding[] {
  const findings: DataQualityFinding[] = [];
  const report = (field: string, code: string, message: string) => findings.push({ field, code, message });

  if (lead.practiceName === null)
    report('practice_name', 'practice_name_missing', 'The practice has no name.');
  if (lead.practicePhone === null && lead.ownerPhone === null) {
    report('practice_phone', 'no_phone', 'There is no phone number to call.');
  }
  checkPhone('practice_phone', lead.practicePhone, report);
  checkPhone('owner_phone', lead.ownerPhone, report);
  if (lead.npi !== null) checkNpi(lead.npi, report);
  if (lead.npiDeactivatedAt) {
    const day = lead.npiDeactivatedAt.toISOString().slice(0, 10);
    report('npi', 'npi_deactivated', `The registry deactivated this NPI on ${day}.`);
  }
  if (lead.ein !== null) checkEin(lead.ein, report);
  checkPlace(lead, report);
  return findings;
}

type Report = (field: string, code: string, message: string) => void;

function checkPlace({ address, city, state, zipCode }: CheckedFields, report: Report): void {
  const isZipCode = zipCode !== null && normalizeZipCode(zipCode) === zipCode;
  const isState = state !== null && STATE_CODES.has(state);
  if (zipCode !== null && !isZipCode) {
    report('zip_code', 'zip_invalid', 'This is not a ZIP code of 5 digits or 5+4.');
  }
  if (state !== null && !isState) report('state', 'state_invalid', 'This is not a USPS state code.');
  if (isZipCode && isState) checkStateOfZipCode(zipCode, state, report);
  if (address !== null && withoutCityAndState(address, city, state) !== address) {
    report('address', 'address_repeats_city', 'The address repeats the city and state.');
  }
}

function checkStateOfZipCode(zipCode: string, state: string, report: Report): void {
  const states = statesOfZipCode(zipCode);
  if (states.length === 0 || states.includes(state)) return;
  const message = `ZIP codes that begin with ${zipCode.slice(0, 3)} are in ${states.join(' or ')}, not ${state}.`;
  report('zip_code', 'zip_state_mismatch', message);
}

function checkPhone(field: string, phone: string | null, report: Report): void {
  if (phone === null) return;
  if (!isFormattedUsPhone(phone))
    report(field, 'phone_invalid', 'This is not a US phone number of 10 digits.');
  else if (!isAssignableUsPhone(phone))
    report(field, 'phone_unassignable', 'No US telephone can have this number.');
}

function checkEin(ein: string, report: Report): void {
  if (normalizeEin(ein) !== ein) report('ein', 'ein_invalid', 'An EIN has 9 digits, as 12-3456789.');
  else if (!hasAssignableEinPrefix(ein))
    report('ein', 'ein_prefix', `The IRS does not assign EINs that begin with ${ein.slice(0, 2)}.`);
}

function checkNpi(npi: string, report: Report): void {
  if (!/^\d{10}$/.test(npi)) report('npi', 'npi_invalid', 'An NPI has 10 digits.');
  else if (!/^[12]/.test(npi)) report('npi', 'npi_first_digit', 'NPIs that are assigned begin with 1 or 2.');
  else if (!hasValidNpiCheckDigit(npi))
    report('npi', 'npi_check_digit', 'The NPI fails its check digit; a digit may be wrong.');
}
