import type { ExportReply } from '../../features/replies/exports.ts'
import { h } from '../dom.ts'
import { call } from '../http.ts'
import { words } from '../words/en.ts'

/**
 * Downloads the session as a project file, which names itself.
 * @throws Problem when there is nothing to save yet, or the service does not answer
 */
export async function saveProject(
  hasChat: boolean,
  announce: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { download } = (await call('POST', '/api/exports', {
    body: { kind: 'project.zip', chat: hasChat },
    signal,
  })) as ExportReply
  h('a', { href: download.url, download: '', rel: 'noopener' }).click()
  announce(words.project.saving)
}
