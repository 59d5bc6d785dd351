import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { costTable, loadTable, sessionTable, type Measured } from './scaling-model.ts'

/**
 * Prints the tables of `docs/scaling.md` from the figures in `bench/scaling.json`.
 * Usage: node bench/scaling.ts [--measure]. With `--measure` it measures those figures on a service, a Redis and an S3
 * gateway of its own, and prints them instead.
 */
if (process.argv.includes('--measure')) {
  const { measureJourney } = await import('./scaling-measure.ts')
  console.log(JSON.stringify(await measureJourney(), null, 2))
} else {
  const measured = JSON.parse(readFileSync(join(import.meta.dirname, 'scaling.json'), 'utf8')) as Measured
  console.log(
    [sessionTable(measured), loadTable(measured), costTable(measured)].map((lines) => lines.join('\n')).join('\n\n'),
  )
}
