import { Problem, validationProblem } from '../common/problem.js';

const ofField = (field: string, code: string, message: string) =>
  validationProblem([{ field, code, message }]);

/** Everything that can be wrong with a request about an import. */
export const importErrors = {
  notFound: (id: number) => new Problem(404, 'import-not-found', `There is no import ${id}.`),
  templateNotFound: (id: number) => new Problem(404, 'template-not-found', `There is no template ${id}.`),
  templateNameTaken: (name: string) =>
    new Problem(409, 'template-name-taken', `There is a template named “${name}” already.`),
  wrongState: (id: number, state: string, action: string) =>
    new Problem(409, 'import-state', `Import ${id} is ${state}; it cannot be ${action} now.`, {
      extensions: { state },
    }),
  underWay: (id: number | null) =>
    new Problem(
      409,
      'import-under-way',
      `The same file is being imported already${id === null ? '' : `: import ${id}`}.`,
      { extensions: { import_id: id } },
    ),
  wrongOffset: (received: number) =>
    new Problem(409, 'upload-offset', `${received} bytes are here; go on from there.`, {
      extensions: { received },
      headers: { 'Upload-Offset': String(received) },
    }),
  touched: (count: number) =>
    new Problem(
      409,
      'import-touched',
      `Somebody has worked on ${count} of these leads; send keep_touched to undo the others.`,
      { extensions: { touched: count } },
    ),
  tooLarge: (limit: number) =>
    new Problem(413, 'file-too-large', `The file is larger than the ${limit} bytes that are accepted.`),
  diskFull: (cause: unknown) =>
    new Problem(507, 'disk-full', 'The server has no room for the file; free some and resume the upload.', {
      cause,
    }),
  unreadable: (message: string) => ofField('file', 'unreadable', message),
  badRange: () =>
    ofField('Content-Range', 'content_range', 'must be as “bytes 0-1023/2048” with the length of the body'),
  bodyMissing: () =>
    ofField('body', 'required', 'must be the bytes of the file, as application/octet-stream'),
  noFolder: () => ofField('from_folder', 'no_folder', 'cannot be used: the server has no folder of imports'),
  notInFolder: () => ofField('from_folder', 'not_in_folder', 'must name a file in the folder of imports'),
  folderForAdmins: () =>
    new Problem(403, 'role-not-allowed', 'Only admins may read from the folder of imports.'),
  nameMissing: () => ofField('file_name', 'required', 'must be given, or else from_folder'),
  mappingLength: (columns: number) =>
    ofField('mapping', 'mapping_length', `must have one entry for each of the ${columns} columns`),
  fieldTwice: () =>
    ofField('mapping', 'mapping_identity', 'must fill npi, practice_name, owner_name or a phone'),
  fixedMapping: () => ofField('mapping', 'mapping_fixed', 'cannot be changed for a file of the registry'),
};
