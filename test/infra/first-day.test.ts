import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parse } from 'yaml'
import { accountConfig, ROOT, stackConfig, STAGES } from '../../infra/rehearsal/stacks.ts'
import { readSettings, type Settings, type Stage } from '../../infra/settings.ts'
import { COMMIT, DIGEST, REPOSITORY } from '../support/fake-cloud-tools.ts'
import { blocks, filled, machine, page, PAGES, section } from '../support/guide.ts'

const GUIDE = page('docs/operations.md')
const guided = (title: string): string[] => section(GUIDE, title)

function settingsFrom(config: Readonly<Record<string, string>>, stage: Stage = 'dev'): Settings {
  const values = { ...stackConfig(stage), ...config }
  return readSettings(stage, values['aws:region'], (key) => values[`chatmrpt:${key}`])
}

/** The guide says `dev`; somebody with one account says `small` instead. */
for (const stage of ['dev', 'small'] as const) {
  t.test(
    `${stage}: the guide's own commands, typed one after another, lead from an empty account to a service`,
    async (t) => {
      const { run, cloud, said } = machine(t)
      const toFirstImage = ['An empty account', 'The name', 'The first update', 'The first image']
        .flatMap(guided)
        // For an update that was interrupted: runbook-walks.test.ts.
        .filter((block) => !block.includes('pulumi cancel'))
        .map((block) => filled(block).replace('STAGE=dev', `STAGE=${stage}`))
      t.ok(toFirstImage.length >= 6)
      const begin = toFirstImage.slice(0, -1)
      const walked = run(begin)
      t.equal(walked.status, 0, walked.stderr)
      t.match(cloud(), {
        backend: /^s3:\/\/\$\{State\}\?region=/,
        stack: stage,
        secretsProvider: /^awskms:\/\/alias\/chatmrpt-\$\{Stage\}-state\?region=/,
      })
      t.equal(cloud().updates.length, 1)
      const first = settingsFrom(cloud().updates[0] ?? {}, stage)
      t.notOk('image' in first, 'the first update has no image')
      t.strictSame(
        [
          first.region,
          first.hostName,
          first.zoneId,
          [...first.pageTo, ...first.informTo].map(({ protocol }) => protocol),
        ],
        ['eu-west-1', 'dev.example.org', 'Z0123456789ABCDEFGHIJ', ['https', 'sms', 'email']],
      )
      t.equal(cloud().commits.length, 1)
      t.strictSame(
        Object.keys(cloud().commits[0] ?? {}).sort(),
        [
          'aws:region',
          'chatmrpt:hostName',
          'chatmrpt:informTo',
          'chatmrpt:pageTo',
          'chatmrpt:runbooks',
          'chatmrpt:zoneId',
        ],
        'neither an image nor its absence is committed',
      )

      const next = /^Next: (.+)$/m.exec(walked.stdout)?.[1] ?? ''
      const deployed = run([next])
      t.equal(deployed.status, 0, deployed.stderr)
      t.equal(settingsFrom(cloud().updates[1] ?? {}, stage).image, `${REPOSITORY}@${DIGEST}`)
      t.notOk('chatmrpt:withoutService' in (cloud().updates[1] ?? {}))
      t.equal(run([`STAGE=${stage}`, ...toFirstImage.slice(-1)]).status, 0)
      t.ok(
        said('docker').some((args) => args.includes(`linux/${stage === 'small' ? 'arm64' : 'amd64'}`)),
        "built for the tasks' processor",
      )
      t.strictSame(said('curl'), [['-sS', 'https://dev.example.org/livez']])

      const workflows = run([
        `STAGE=${stage} AWS_REGION=eu-west-1`,
        ...begin.filter((block) => block.includes('output()')).map((block) => block.replace(/^pulumi .*$/gm, '')),
        ...guided('Workflows'),
      ])
      t.equal(workflows.status, 0, workflows.stderr)
      const given = said('gh')
        .filter(([, verb]) => verb === 'set')
        .map(([, , name = '', , environment = '', , value = '']) => [name, environment, value] as const)
      t.ok(
        given.every(([, , value]) => value !== ''),
        'each has a value that the bootstrap gives',
      )
      for (const [file, environment] of [
        ['up.yml', stage],
        ['drift.yml', `${stage}-drift`],
      ] as const) {
        const wanted = [...readFileSync(join(ROOT, '.github/workflows', file), 'utf8').matchAll(/vars\.(\w+)/g)].map(
          ([, name = '']) => name,
        )
        t.strictSame(
          // PROFILE is set for the whole repository and has a default where it is not set.
          [...new Set(wanted)].filter(
            (name) => name !== 'PROFILE' && !given.some(([each, where]) => each === name && where === environment),
          ),
          [],
          `${file} finds its variables`,
        )
      }
      t.strictSame(
        said('gh')
          .filter(([verb, option]) => verb === 'api' && option === '--method')
          .map(([, , , path = '']) => path.split('/').at(-1)),
        [stage, `${stage}-drift`],
      )
      t.ok(
        said('gh')
          .filter(([verb, option]) => verb === 'api' && option === '--method')
          .every((args) => args.includes('deployment_branch_policy[protected_branches]=true')),
        'only protected branches take a role',
      )
    },
  )
}

t.test(
  'after the loss of a region the same commands start the stack again in another one, from a file without the lost ' +
    'state',
  async (t) => {
    const { home, run, cloud } = machine(t)
    const kept = readFileSync(join(ROOT, 'Pulumi.prod.yaml'), 'utf8')
    writeFileSync(
      join(home, 'Pulumi.prod.yaml'),
      `secretsprovider: awskms://alias/lost\nencryptedkey: bG9zdA==\n${kept}  chatmrpt:image: ` +
        `${REPOSITORY}@${DIGEST}\n`,
    )
    const walked = run([
      ...blocks(page('docs/runbooks/region-loss.md')).map((block) => filled(block)),
      'pulumi up --stack $STAGE',
      'infra/push-image.sh $STAGE',
    ])
    t.equal(walked.status, 0, walked.stderr)
    t.equal(readFileSync(join(home, 'Pulumi.prod.yaml'), 'utf8'), kept)
    t.match(cloud(), {
      stack: 'prod',
      secretsProvider: /^awskms:/,
      updates: [{ 'aws:region': 'eu-central-1', 'chatmrpt:withoutService': 'true' }],
    })
    t.match(walked.stdout, 'Next: pulumi config set image')
  },
)

t.test(
  "infra/push-image.sh builds once for a commit, for the tasks' processor, with bill of materials and provenance, " +
    'and finds its image again',
  async (t) => {
    const { run, cloud, said } = machine(t)
    const ready = [
      'pulumi login s3://state',
      'pulumi stack init dev --secrets-provider awskms://alias/key',
      'pulumi config set aws:region eu-west-1 --stack dev',
      'pulumi config set hostName dev.example.org --stack dev',
      'pulumi up --stack dev',
    ]
    const [once, twice] = [run([...ready, 'infra/push-image.sh dev']), run(['infra/push-image.sh dev'])]
    t.equal(once.status, 0, once.stderr)
    t.match(
      once.stdout,
      `Next: pulumi config set image ${REPOSITORY}@${DIGEST} --stack dev && pulumi config rm withoutService ` +
        '--stack dev && pulumi up --stack dev\n',
    )
    t.equal(twice.stdout.trim(), once.stdout.trim(), 'the same line again, though the tag cannot be pushed twice')
    t.strictSame(
      said('docker').map(([first, second]) => [first, second]),
      [
        ['login', '--username'],
        ['buildx', 'inspect'],
        ['buildx', 'create'],
        ['buildx', 'build'],
      ],
    )
    t.strictSame(
      said('docker')[0]?.slice(-1),
      [REPOSITORY.split('/')[0]],
      'signed in to the registry, not to the repository',
    )
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    const build = said('docker')[3]?.join(' ') ?? ''
    for (const part of [
      ' --builder chatmrpt ',
      ' --platform linux/amd64 ',
      ' --push ',
      ` --tag ${REPOSITORY}:${COMMIT} `,
      ` VERSION=${version} `,
      ` COMMIT=${COMMIT} `,
      ' --sbom=true ',
      ' --provenance=mode=max ',
    ])
      t.match(build, part)
    t.strictSame(cloud().pushed, { [COMMIT]: DIGEST })
    t.ok(
      said('aws').every((args) => args.join(' ').includes('--region eu-west-1')),
      "in the stack's region, whatever the shell's is",
    )
    t.not(run(['infra/push-image.sh']).status, 0, 'a stage must be given')
  },
)

t.test(
  'infra/keep-image.sh keeps the image that runs, keeps none when none runs, and fails when nobody is signed in',
  async (t) => {
    const { run, cloud } = machine(t)
    t.not(run(['infra/keep-image.sh dev']).status, 0, 'not signed in')
    const none = run([
      'pulumi login s3://state',
      'pulumi stack init dev --secrets-provider awskms://alias/key',
      'infra/keep-image.sh dev',
    ])
    t.equal(none.status, 0, none.stderr)
    t.match(none.stderr, 'runs no image yet')
    t.strictSame(cloud().config, {})
    const kept = run([
      `pulumi config set image ${REPOSITORY}@${DIGEST} --stack dev`,
      'pulumi up --stack dev',
      'pulumi config rm image --stack dev',
      'infra/keep-image.sh dev',
    ])
    t.equal(kept.status, 0, kept.stderr)
    t.equal(cloud().config['chatmrpt:image'], `${REPOSITORY}@${DIGEST}`)
  },
)

/** Every setting that the program asks for. */
function settingKeys(): string[] {
  const asked = new Set<string>()
  const values = { ...stackConfig('dev'), ...accountConfig('dev') }
  readSettings('dev', 'eu-west-1', (key) => {
    asked.add(key)
    return values[`chatmrpt:${key}`]
  })
  return [...asked, 'withoutService'].sort()
}

t.test("every setting that a page names exists, and the guide's table lists each of them", async (t) => {
  const keys = settingKeys()
  for (const [file, text] of PAGES) {
    for (const [, key = ''] of text.matchAll(/pulumi config (?:set|rm|get) (?:--secret )?(\S+)/g))
      t.ok([...keys, 'aws:region'].includes(key), `${file}: ${key}`)
  }
  const [, table = ''] = /\| key \| meaning \|\n\|---\|---\|\n([\s\S]*?)\n\n/.exec(GUIDE) ?? []
  const told = table
    .split('\n')
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, key = '']) => key))
  t.strictSame(told.sort(), keys)
})

t.test("a stack's committed file sets neither image nor withoutService", async (t) => {
  for (const stage of STAGES)
    t.notOk(
      ['chatmrpt:image', 'chatmrpt:withoutService'].some((key) => key in stackConfig(stage)),
      stage,
    )
})

t.test(
  'every command block of the guide and the runbooks can be read by a shell, whichever shell it is pasted into',
  async (t) => {
    for (const [file, text] of PAGES) {
      for (const block of blocks(text)) {
        const plain = block.replaceAll(/<[a-zA-Z -]+>/g, 'PLACEHOLDER')
        const { status, stderr } = spawnSync('sh', ['-n'], { input: plain, encoding: 'utf8' })
        t.equal(status, 0, `${file}: ${stderr}`)
        t.notMatch(plain, /\s#\s/, `${file}: not every shell takes a remark on the line it is typed into`)
      }
    }
  },
)

t.test('every script and test that a page tells somebody to run is there and can be run', async (t) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>
  }
  for (const [file, text] of PAGES) {
    for (const [path] of text.matchAll(/\binfra\/[\w-]+\.sh\b/g))
      t.ok((statSync(join(ROOT, path), { throwIfNoEntry: false })?.mode ?? 0) & 0o111, `${file}: ${path}`)
    for (const [, script = ''] of text.matchAll(/\bnpm run ([\w:-]+)/g))
      t.ok(script in scripts, `${file}: npm run ${script}`)
    for (const [, path = ''] of text.matchAll(/\bnpm test -- ([\w./-]+)/g))
      t.ok(existsSync(join(ROOT, path)), `${file}: ${path}`)
    for (const [, path = ''] of text.matchAll(/--template-file ([\w./-]+)/g))
      t.ok(
        'Resources' in (parse(readFileSync(join(ROOT, path), 'utf8'), { logLevel: 'error' }) as object),
        `${file}: ${path}`,
      )
  }
})
