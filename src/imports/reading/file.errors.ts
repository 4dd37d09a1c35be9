/** A file that cannot be read as leads at all; the message names the file's defect, for the person who imports. */
export class LeadFileError extends Error {
  override readonly name = 'LeadFileError';
}
