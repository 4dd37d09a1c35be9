/**
 * The address without the `, CITY, ST` at its end that the first version wrote there; '' when nothing else was in it,
 * the address itself when it does not end so.
 */
export function withoutCityAndState(address: string, city: string | null, state: string | null): string {
  if (city === null || state === null) return address;
  const place = `, ${city}, ${state}`;
  if (!`, ${address}`.toUpperCase().endsWith(place.toUpperCase())) return address;
  return address.slice(0, Math.max(0, address.length - place.length)).trim();
}
