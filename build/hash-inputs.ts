import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { GUIDE, GUIDE_PICTURES } from './guide-files.ts'

/** The inputs of a build: the project's own files, and npm's record of the installed packages. */
const FOLDERS = ['build', 'mcp', 'service', GUIDE_PICTURES] as const
const INSTALLED = 'node_modules/.package-lock.json'

/**
 * SHA-256 in hex of the names and contents of all inputs of a build. Times do not count.
 * @throws Error when the packages are not installed
 */
export async function hashInputs(root: string): Promise<string> {
  const entries = await Promise.all(
    FOLDERS.map(async (folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
  )
  const files = entries
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const contents = await Promise.all(
    [...files, GUIDE, INSTALLED].map(async (file) => [file, await contentOf(root, file)] as const),
  )
  const hash = createHash('sha256')
  for (const [file, content] of contents) hash.update(`${file}\0${content.length}\0`).update(content)
  return hash.digest('hex')
}

async function contentOf(root: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(root, file))
  } catch (cause) {
    if (file === INSTALLED) throw new Error('Cannot build: the packages are not installed; run npm ci', { cause })
    throw cause
  }
}
