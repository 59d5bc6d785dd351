import type { UploadReply } from '../../features/replies/files.ts'
import { call, send } from '../http.ts'
import type { Role } from './guess-role.ts'
import type { UploadProgress } from './upload-progress.ts'

/**
 * Uploads a file and has it read.
 * @throws Problem when the service refuses it, or does not answer
 */
export async function uploadFile(
  role: Role,
  file: File,
  { signal, cancel, progress }: { signal: AbortSignal; cancel: AbortSignal; progress: UploadProgress },
): Promise<void> {
  const { file: made, upload } = (await call('POST', '/api/files', {
    body: { role, filename: file.name, bytes: file.size },
    signal,
  })) as UploadReply
  await send(upload, file, { signal: AbortSignal.any([signal, cancel]), onProgress: progress.show })
  progress.check()
  await call('POST', `/api/files/${made.id}/complete`, { signal })
}
