import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const TELL_MEMORY = pathToFileURL(join(import.meta.dirname, '../../test/support/tell-memory.ts')).href
/** The marks of ended sessions live as long as a session may, so that they come and go within a soak. */
const ABSOLUTE_SECONDS = 600

/**
 * What a task's environment needs so that its memory can be looked at. Its compile cache is its own, since the shared
 * one must not hold what is loaded here.
 * @param preloads further modules to load first
 */
export function soakEnv(folder: string, preloads: readonly string[] = []): Record<string, string> {
  return {
    NODE_OPTIONS: [TELL_MEMORY, ...preloads].map((url) => `--import=${url}`).join(' '),
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    LOG_LEVEL: 'warn',
    SESSION_ABSOLUTE_SECONDS: String(ABSOLUTE_SECONDS),
  }
}
