import { resolve } from 'node:path'
import { planSteps } from './plan.ts'
import { rehearseStack, STAGES } from './stacks.ts'

/**
 * `node infra/rehearsal/preview.ts FOLDER`: what this checkout would change in each stack if the checkout in FOLDER had
 * made the stack before. It calls no cloud and holds no key, so it may run code from anybody's pull request.
 */
async function main(folder: string): Promise<number> {
  let faults = 0
  for (const stage of STAGES) {
    const [before, after] = [await rehearseStack(stage, { root: resolve(folder) }), await rehearseStack(stage)]
    console.log(`### ${stage}\n`)
    const errors = after.messages.filter(({ severity }) => severity === 'error')
    if (after.code !== 0) {
      faults += 1
      console.log(`The program fails:\n\n${errors.map(({ text }) => `- ${text}`).join('\n')}\n`)
      continue
    }
    if (before.code !== 0)
      console.log('The program before does not run with what this one is told: all of it is new.\n')
    const steps = planSteps(before.records, after.records)
    if (steps.length === 0) console.log('No changes.\n')
    for (const { step, resource, because } of steps)
      console.log(
        `- ${step === 'replace' ? '**replaced**' : step} ${resource}${because.map((each) => ` \`${each}\``).join('')}`,
      )
    console.log('')
  }
  return faults === 0 ? 0 : 1
}

const folder = process.argv[2]
if (folder === undefined) {
  console.error('Cannot compare: give the folder of the checkout before')
  process.exitCode = 1
} else process.exitCode = await main(folder)
