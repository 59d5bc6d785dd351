import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readConfig, type Environment } from '../../service/config/config.ts'
import { OF_THE_STACK, PASSED_ON, settingsOf } from '../../local/service-settings.ts'

const root = join(import.meta.dirname, '../..')

t.test("every setting of the service is documented, and reaches it from npm start or is the stack's own", async (t) => {
  const told = readFileSync(join(root, 'docs/running.md'), 'utf8')
  const [, table = ''] = told.split("## The service's environment")
  const documented = table
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name))
  const read = new Set<string>()
  const env = new Proxy<Environment>(
    {},
    {
      get: (_, name) => {
        read.add(String(name))
        return undefined
      },
    },
  )
  t.throws(() => readConfig(env), { name: 'RangeError' }, 'an environment in which nothing is set')
  t.strictSame([...PASSED_ON, ...OF_THE_STACK].sort(), [...new Set(documented)].sort())
  t.strictSame([...read].sort(), [...new Set(documented)].sort(), 'and the service reads each of them, and no other')
})

t.test('settingsOf() takes the settings of the service and nothing else', async (t) => {
  const env = { MODELS: '[]', WORKERS: '2', LOG_LEVEL: '', PATH: '/bin', STAGE: 'prod', SECRET: 'x' }
  t.strictSame(settingsOf(env), { WORKERS: '2', MODELS: '[]' })
})
