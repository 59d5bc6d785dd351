import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { FORCE_NEW, planSteps } from '../../infra/rehearsal/plan.ts'
import { rehearseStack, ROOT } from '../../infra/rehearsal/stacks.ts'
import { viewOf } from '../../infra/rules/rule.ts'
import { TYPE } from '../../infra/rules/types.ts'
import { DIGEST, REPOSITORY, STORE_URN } from '../support/fake-cloud-tools.ts'
import { blocks, changingSteps, filled, machine, page, PAGES, section, triedSteps } from '../support/guide.ts'

t.setTimeout(900_000)
/** For tests that run the program several times. */
const LONG = { timeout: 400_000 }

/** A stack that runs, on a machine that is signed in to its state. */
const RUNNING = [
  'export STAGE=dev AWS_REGION=eu-west-1',
  'pulumi login s3://state',
  'pulumi stack init dev --secrets-provider awskms://alias/key',
  'pulumi config set hostName dev.example.org --stack dev',
  `pulumi config set image ${REPOSITORY}@${DIGEST} --stack dev`,
  'pulumi up --stack dev',
]

t.test('the commands of the restore page restore an empty store and one from a snapshot', async (t) => {
  const [lift = '', empty = '', snapshot = '', after = ''] = section(
    page('docs/runbooks/restore.md'),
    'The session store',
  )
  for (const [name, step, wanted] of [
    ['empty', empty, 'none'],
    ['from a snapshot', snapshot, 'automatic.chatmrpt-2026-11-29'],
  ] as const) {
    const { run, cloud, said } = machine(t)
    const typed = [lift, step, after].map((block) => filled(block, { snapshot: 'automatic.chatmrpt-2026-11-29' }))
    const walked = run([...RUNNING, ...typed])
    t.equal(walked.status, 0, walked.stderr)
    t.strictSame(cloud().unprotected, [STORE_URN], name)
    t.equal(cloud().updates.at(-1)?.['chatmrpt:restoreFrom'], wanted)
    t.notOk('chatmrpt:restoreFrom' in cloud().config, 'nothing stays configured')
    const ups = said('pulumi').filter(([verb]) => verb === 'up')
    t.equal(ups.at(-1)?.includes('--replace'), wanted === 'none', 'only the empty store is named to --replace')
  }
})

t.test('a restore makes one new store, and the updates after it make none', LONG, async (t) => {
  const [plain, snapshot, none] = await Promise.all(
    [undefined, 'automatic.chatmrpt-2026-11-29', 'none'].map(
      async (restoreFrom) =>
        (await rehearseStack('prod', { changes: { 'chatmrpt:restoreFrom': restoreFrom } })).records,
    ),
  )
  if (plain === undefined || snapshot === undefined || none === undefined) throw new Error('Cannot plan')
  const urn = viewOf('prod', plain).of(TYPE.cache)[0]?.urn ?? ''
  const anew = { step: 'replace', resource: 'ReplicationGroup chatmrpt-prod' }
  t.match(planSteps(plain, snapshot), [{ ...anew, because: ['snapshotName'] }])
  t.strictSame(planSteps(snapshot, plain), [], 'the setting is taken out again, and the restored store stays')
  t.match(planSteps(plain, none, { replace: urn }), [anew])
  t.strictSame(planSteps(none, plain), [])
  t.match(planSteps(snapshot, none), [anew], 'an empty store after a restored one is empty')
  const asBefore = snapshot.map((record) =>
    record.urn === urn ? { ...record, ignoreChanges: ['engineVersion'] } : record,
  )
  const withoutIgnoring = plain.map((record) =>
    record.urn === urn ? { ...record, ignoreChanges: ['engineVersion'] } : record,
  )
  t.match(planSteps(asBefore, withoutIgnoring), [anew], 'without it, the update after a restore would empty the store')
})

t.test('taking away a setting that a page has set replaces and deletes nothing', LONG, async (t) => {
  const all = PAGES.map(([, text]) => text).join('\n')
  const pairs = new Map(
    [...all.matchAll(/pulumi config set (\w+) (\S+) --stack/g)]
      .map(([, key = '', value = '']) => [key, value.replaceAll("'", '')] as const)
      .filter(([key]) => all.includes(`pulumi config rm ${key} `)),
  )
  t.ok(pairs.size >= 2)
  const { records: plain } = await rehearseStack('dev')
  for (const [key, value] of pairs) {
    const changes = { [`chatmrpt:${key}`]: filled(value, { snapshot: 'a-snapshot' }) }
    // Without its image a stack has no service; that is the purpose of the setting.
    if (key === 'image' || key === 'withoutService') continue
    const { records, code } = await rehearseStack('dev', { changes })
    t.equal(code, 0, key)
    t.strictSame(
      planSteps(records, plain).filter(
        ({ step, resource }) =>
          step === 'replace' || (step === 'delete' && (resource.split(' ')[0] ?? '') in FORCE_NEW),
      ),
      [],
      `${key} goes, and nothing with it`,
    )
  }
})

t.test('a stack is taken away by the steps in their order, and in no other order', async (t) => {
  const steps = blocks(page('docs/runbooks/take-away.md'))
  const [lift = '', destroy = '', revisions = '', bootstrap = ''] = steps
  const { run, cloud } = machine(t)
  t.equal(run([...RUNNING]).status, 0)
  t.not(run(['STAGE=dev', destroy]).status, 0, 'a protected stack is not destroyed')
  const walked = run(['STAGE=dev', lift, destroy, revisions, bootstrap])
  t.equal(walked.status, 0, walked.stderr)
  t.equal(cloud().isDestroyed, true)
})

t.test(
  'takeAway lifts everything that would stop a destroy, in every stage, by an update that replaces nothing',
  LONG,
  async (t) => {
    for (const stage of ['prod', 'small'] as const) {
      const [before, after] = await Promise.all([
        rehearseStack(stage),
        rehearseStack(stage, { changes: { 'chatmrpt:takeAway': 'true' } }),
      ])
      const steps = planSteps(before.records, after.records)
      t.ok(steps.length > 0 && steps.every(({ step }) => step === 'update'), stage)
      const view = viewOf(stage, after.records)
      t.strictSame(
        after.records.filter(({ protect }) => protect).map(({ urn }) => urn),
        [],
        'nothing is protected',
      )
      t.equal(view.of(TYPE.balancer)[0]?.inputs['enableDeletionProtection'], false)
      t.ok(view.of(TYPE.bucket).every(({ inputs }) => inputs['forceDestroy'] === true))
      t.ok(view.of(TYPE.repository).every(({ inputs }) => inputs['forceDelete'] === true))
    }
  },
)

t.test('a drill of the session store is a drill: no runbook of trouble has anybody type it', async (t) => {
  const typed = PAGES.filter(([, text]) => text.includes('aws elasticache test-failover --')).map(([file]) => file)
  t.strictSame(typed, ['docs/operations.md'])
  t.match(page('docs/operations.md'), /^\| failover drill, each quarter, in staging \|.*test-failover/m)
  t.match(page('docs/runbooks/redis-unhealthy.md'), 'AWS says not to use it against trouble')
})

t.test('an update that was interrupted goes on with the lines of the guide', async (t) => {
  const { home, run, cloud } = machine(t)
  t.equal(run(RUNNING).status, 0)
  writeFileSync(join(home, 'cloud.json'), JSON.stringify({ ...cloud(), isLocked: true }))
  t.not(run(['pulumi up --stack dev']).status, 0, 'the lock stands')
  const again = blocks(page('docs/operations.md')).find((block) => block.includes('pulumi cancel')) ?? ''
  const walked = run(['STAGE=dev', again])
  t.equal(walked.status, 0, walked.stderr)
  t.equal(cloud().updates.length, 2)
})

t.test('every step of a page that changes something was tried somewhere, or is said to need an account', async (t) => {
  const tried = triedSteps()
  t.strictSame(
    changingSteps().filter((step) => !tried.has(step)),
    [],
    'each stands in the table',
  )
  t.strictSame(
    [...tried.keys()].filter((step) => !changingSteps().includes(step)),
    [],
    'and the table has no other',
  )
  const standIns = [...tried].filter(([, where]) => where === 'stand-ins').map(([step]) => step)
  const walks = ['first-day', 'runbook-walks'].map((name) =>
    readFileSync(join(ROOT, `test/infra/${name}.test.ts`), 'utf8'),
  )
  t.ok(standIns.length > 5 && walks.every((text) => text.includes('machine(t)')))
  const known = readFileSync(join(ROOT, 'test/support/fake-cloud-tools.ts'), 'utf8')
  for (const step of standIns.filter((each) => each.startsWith('pulumi ')))
    t.match(known, step.replace('pulumi ', ''), `the stand-in answers ${step}`)
})
