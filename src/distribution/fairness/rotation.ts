/**
 * An agent's seat at the round table that ties go around. It follows from the id but keeps nothing of its order, so that
 * neither the eldest nor the newest account is favoured (odoo/odoo PR 259775 gave the eldest every remainder).
 *
 * @returns 32 bits, the same for an agent for ever (the finalizer of MurmurHash3)
 */
export function seatOf(agentId: number): number {
  let seat = agentId | 0;
  seat = Math.imul(seat ^ (seat >>> 16), 0x85ebca6b);
  seat = Math.imul(seat ^ (seat >>> 13), 0xc2b2ae35);
  return (seat ^ (seat >>> 16)) >>> 0;
}

/** How far a seat is from the one that was served last, going round; 0 is next, the one served last comes last. */
export const turnsUntil = (seat: number, servedLast: number): number => (seat - servedLast - 1) >>> 0;
