import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

interface PackageFile {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name?: string }
}

interface Licence {
  /** Name, version and licence of a package. */
  readonly title: string
  readonly text: string
}

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i

/**
 * The licence texts of every package of which something was bundled. Packages with the same text are listed together
 * above it.
 * @throws Error when a package does not name a licence
 */
export async function collectLicences(root: string, outputs: Metafile['outputs']): Promise<string> {
  const licences = await Promise.all(bundledPackages(outputs).map(async (folder) => licenceOf(join(root, folder))))
  const sections = [...Map.groupBy(licences, ({ text }) => text)].map(
    ([text, same]) => `${same.map(({ title }) => `== ${title} ==`).join('\n')}\n\n${text}\n`,
  )
  return `The service's files hold code of these packages, each under its own licence.\n\n${sections.join('\n')}`
}

/** The folders of the packages of which anything was bundled, relative to the root, sorted. */
export function bundledPackages(outputs: Metafile['outputs']): string[] {
  const inputs = Object.values(outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [])
  return [...new Set(folders)].sort()
}

async function licenceOf(folder: string): Promise<Licence> {
  const { name, version, license, author } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  ) as PackageFile
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort()
  const texts = await Promise.all(files.map(async (file) => (await readFile(join(folder, file), 'utf8')).trim()))
  if (license === undefined && texts.length === 0)
    throw new Error(`Cannot bundle ${name} ${version}: it names no licence`)
  const by = typeof author === 'string' ? author : author?.name
  return {
    title: `${name} ${version} (${license ?? 'see below'})`,
    text:
      texts.length > 0
        ? texts.join('\n\n')
        : `It comes without a text of its licence${by === undefined ? '' : `. By ${by}`}.`,
  }
}
