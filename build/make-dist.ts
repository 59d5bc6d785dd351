import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DIST, MAPS, STAMP } from './dist-folders.ts'
import { hashInputs } from './hash-inputs.ts'

/**
 * Makes `dist/` and `dist-maps/` under the root unless they already exist and were made from the same files with the
 * same contents. May be called by several processes at once.
 * @param root the folder that holds `service/`, `mcp/`, `build/` and `node_modules/`
 * @returns milliseconds that the build took, or null when nothing had to be built
 * @throws Error when the packages are not installed or the service cannot be bundled
 */
export async function makeDist(root: string): Promise<number | null> {
  const begin = performance.now()
  const stamp = await hashInputs(root)
  const stamps = await Promise.all([DIST, MAPS].map(async (name) => stampOf(join(root, name))))
  if (stamps.every((found) => found === stamp)) return null
  // When the build is fresh, esbuild need not be loaded.
  const { writeDist } = await import('./write-dist.ts')
  const scratch = join(root, '.local')
  await mkdir(scratch, { recursive: true })
  const folder = await mkdtemp(join(scratch, 'build-'))
  try {
    await writeDist(root, folder, stamp)
    await replaceFolder(join(folder, MAPS), join(root, MAPS), stamp)
    await replaceFolder(join(folder, DIST), join(root, DIST), stamp)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return performance.now() - begin
}

async function stampOf(folder: string): Promise<string | null> {
  const file = join(folder, STAMP)
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : null
}

/** Replaces an old folder with a new one. Keeps what another process has just put there if it is the same. */
async function replaceFolder(made: string, target: string, stamp: string): Promise<void> {
  for (let attempt = 0; (await stampOf(target)) !== stamp; attempt += 1) {
    try {
      if (existsSync(target)) await rename(target, `${made}-before-${attempt}`)
      await rename(made, target)
    } catch (error) {
      // Another process was quicker with one of the two steps.
      const isRace = ['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')
      if (!isRace || attempt === 9) throw error
    }
  }
}
