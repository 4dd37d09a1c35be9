import { answerOf, api } from '@/lib/api/client';
import { Unreachable } from '@/lib/api/problem';

/** Small enough to be over before a slow line is given up, large enough that a gigabyte is a hundred requests. */
const PIECE_BYTES = 8 * 1024 * 1024;
const MOST_FAILURES = 5;

/**
 * Sends a file piece by piece. A piece that is lost is asked after and sent again, so that a broken line costs seconds.
 *
 * @param onProgress share that is there, 0 to 1
 * @returns the id of the import
 * @throws ApiProblem when the file is refused
 */
export async function uploadFile(file: File, onProgress: (share: number) => void): Promise<number> {
  const { id } = await answerOf(
    api.POST('/api/v1/imports', { body: { file_name: file.name, size: file.size } }),
  );
  let failures = 0;
  for (let from = 0; from < file.size; ) {
    try {
      const { received } = await send(id, file, from);
      from = received;
      failures = 0;
      onProgress(from / file.size);
    } catch (error) {
      if (!(error instanceof Unreachable) || ++failures > MOST_FAILURES) throw error;
      await new Promise((resolve) => setTimeout(resolve, failures * 1_000));
      const { received } = await answerOf(api.GET('/api/v1/imports/{id}/file', { params: { path: { id } } }));
      from = received;
    }
  }
  return id;
}

function send(id: number, file: File, from: number) {
  const to = Math.min(from + PIECE_BYTES, file.size);
  return answerOf(
    api.PUT('/api/v1/imports/{id}/file', {
      params: { path: { id } },
      body: file.slice(from, to) as never,
      bodySerializer: (body) => body as unknown as Blob,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${from}-${to - 1}/${file.size}`,
      },
    }),
  );
}
