import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { installParts } from '../../local/install-parts.ts'
import { startS3 } from '../../local/s3-gateway.ts'
import { killMutants } from './kill-mutants.ts'
import { lineOf, type Mutant } from './mutant.ts'
import { MUTANTS } from './mutants.ts'

/**
 * `npm run mutants [-- ID...]`: every mutant against every test, rule and seed listed for it, one line each. With
 * `--once`, each against the first test or rule of its list, as CI does.
 * Ends with `mutants killed N of N`; exits with 1 when a mutant survived or its edits do not fit.
 */
async function main(): Promise<number> {
  const { values, positionals: ids } = parseArgs({
    allowPositionals: true,
    options: { once: { type: 'boolean', default: false } },
  })
  const chosen: readonly Mutant[] = ids.length === 0 ? MUTANTS : MUTANTS.filter(({ id }) => ids.includes(id))
  await installParts(['Redis', 'S3 gateway'], say)
  const gateway = await startS3({ folder: join(tmpdir(), `chatmrpt-mutants-${randomBytes(8).toString('hex')}`) })
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = gateway
  process.env['TEST_S3'] = JSON.stringify({ endpoint, region, bucket, accessKeyId, secretAccessKey })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void gateway.stop().finally(() => {
        process.exit(130)
      })
    })
  try {
    const outcomes = await killMutants(chosen, !values.once, (outcome) => {
      say(lineOf(outcome))
    })
    const killed = outcomes.filter(({ isKilled }) => isKilled).length
    say(`mutants killed ${killed} of ${chosen.length}`)
    return killed === chosen.length && killed > 0 ? 0 : 1
  } finally {
    await gateway.stop()
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
