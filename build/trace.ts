import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MAPS } from './dist-folders.ts'
import { stackMapper, traceLine } from './map-stack.ts'

/**
 * `npm run trace -- FILE [MAPS]`: prints a log, or a stack alone, with each place of a built file as the place in the
 * sources it was made from. MAPS are the source maps that the same build made (`dist-maps`); `-` reads standard input.
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
