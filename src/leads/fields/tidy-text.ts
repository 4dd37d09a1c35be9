/** Words that stay in capitals: degrees, legal forms, directions, numerals. */
const CAPITALS = new Set(
  `LLC LLP PLLC PC PA PLC LP MD DO DPM DDS DMD OD DC NP RN PT OT PHD APRN CRNA FNP LCSW USA US VA ENT OBGYN MRI CT ER
  II III IV NE NW SE SW PO CEO CFO COO`.split(/\s+/),
);
const SMALL = new Set(['and', 'of', 'the', 'for', 'at', 'in', 'on', 'by', 'de', 'la', 'del']);

/** USPS Publication 28, appendices B and C: the commonest street suffixes and secondary units. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  avenue: 'Ave',
  boulevard: 'Blvd',
  building: 'Bldg',
  center: 'Ctr',
  circle: 'Cir',
  court: 'Ct',
  drive: 'Dr',
  expressway: 'Expy',
  floor: 'Fl',
  freeway: 'Fwy',
  highway: 'Hwy',
  lane: 'Ln',
  parkway: 'Pkwy',
  place: 'Pl',
  plaza: 'Plz',
  road: 'Rd',
  room: 'Rm',
  square: 'Sq',
  street: 'St',
  suite: 'Ste',
  terrace: 'Ter',
  turnpike: 'Tpke',
};

/** Text that shouts, as the registry's does, in upper and lower case; any other text as it is. */
export function withoutShouting(text: string): string {
  if (!/[A-Z]{4}/.test(text) || /[a-z]/.test(text)) return text;
  return text.toLowerCase().replace(/[\p{L}\p{N}']+/gu, (word, at: number) => {
    if (CAPITALS.has(word.toUpperCase())) return word.toUpperCase();
    if (at > 0 && SMALL.has(word)) return word;
    const name = /^(mc|o')(\p{L}.*)$/u.exec(word);
    return name ? capital(name[1] ?? '') + capital(name[2] ?? '') : capital(word);
  });
}

/** Street suffixes and units as USPS abbreviates them, where they stand at the end of the street or before a unit. */
export function abbreviatedStreet(address: string): string {
  return address.replace(
    /\b(\p{L}+)\b\.?(?=$|,|\s+(?:[NSEW]{1,2}\b|#|\d|\p{L}$|(?:ste|suite|apt|unit|bldg|building|fl|floor|rm|room)\b))/giu,
    (all, word: string) => ABBREVIATIONS[word.toLowerCase()] ?? all,
  );
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
