import { importErrors } from './import.errors.js';
import type { Piece } from './imports.service.js';

/**
 * The piece that an upload sends; null for the whole file.
 *
 * @throws Problem 422 when the header is no range, or not as long as the body
 */
export function pieceOf(header: string | undefined, length: string | undefined): Piece | null {
  if (header === undefined) return null;
  const [, from = '', to = '', total = ''] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(header) ?? [];
  const piece = { from: Number(from), to: Number(to), total: Number(total) };
  const bytes = piece.to - piece.from + 1;
  if (from === '' || bytes < 1 || piece.to >= piece.total) throw importErrors.badRange();
  if (length !== undefined && Number(length) !== bytes) throw importErrors.badRange();
  return piece;
}
