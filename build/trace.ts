import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MAPS } from './dist-folders.ts'
import { stackMapper, traceLine } from './map-stack.ts'

/**
 * `npm run trace -- FILE [MAPS]`: prints a log or a single stack, with each place in a built file replaced by its place
 * in the sources. MAPS is the folder with the source maps of the same build (default `dist-maps`); `-` reads standard
 * input.
 */
const [file, maps = join(import.meta.dirname, '..', MAPS)] = process.argv.slice(2)
if (file === undefined) {
  console.error('Give a file: npm run trace -- FILE [MAPS]')
  process.exitCode = 1
} else {
  const mapper = stackMapper(resolve(maps))
  const lines = readFileSync(file === '-' ? 0 : file, 'utf8').split('\n')
  console.log(
    lines
      .map((line) => traceLine(line, mapper))
      .join('\n')
      .trimEnd(),
  )
}
