import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { bundlePage } from './bundle-page.ts'
import { bundleService, type MadeFile } from './bundle-service.ts'
import { collectLicences } from './collect-licences.ts'
import { DIST, MAPS, STAMP } from './dist-folders.ts'

/** Writes a whole build into `folder`, as its `dist/` and `dist-maps/`. The same root gives the same bytes. */
export async function writeDist(root: string, folder: string, stamp: string): Promise<void> {
  const [{ code, beside, maps, outputs }, page] = await Promise.all([bundleService(root), bundlePage(root)])
  const stampFile = { path: STAMP, contents: Buffer.from(`${stamp}\n`) }
  await write(join(folder, DIST), [
    ...code,
    ...beside,
    ...page.map(({ path, contents }) => ({ path: `page/${path}`, contents })),
    // Without it, Node would first take the files for CommonJS.
    { path: 'package.json', contents: Buffer.from('{ "type": "module" }\n') },
    { path: 'THIRD_PARTY.txt', contents: Buffer.from(await collectLicences(root, outputs)) },
    stampFile,
  ])
  await write(join(folder, MAPS), [...maps, stampFile])
}

async function write(folder: string, files: readonly MadeFile[]): Promise<void> {
  for (const { path, contents } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), contents)
  }
}
