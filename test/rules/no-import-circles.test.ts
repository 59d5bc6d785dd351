import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { noImportCircles } from '../../lint/no-import-circles.ts'
import { casesOf } from './rule-cases.ts'

const { allows, refuses } = casesOf('no-import-circles', noImportCircles)

t.test('no-import-circles refuses an import that leads back, through types and re-exports too', async (t) => {
  const root = t.testdir()
  const write = (name: string, code: string): string => {
    mkdirSync(join(root, name, '..'), { recursive: true })
    writeFileSync(join(root, name), code)
    return code
  }
  const first = write('a.ts', "import type { B } from './deep/b.ts'\nexport type A = B\n")
  const second = write('deep/b.ts', "export * from '../c.ts'\nexport type B = string\n")
  const third = write('c.ts', "import type { A } from './a.ts'\nexport type C = A\n")
  const apart = write('d.ts', "import type { A } from './a.ts'\nimport { x } from 'package'\nexport type D = A\n")
  t.doesNotThrow(() => {
    refuses(first, /leads back here by .*deep\/b\.ts → .*c\.ts → .*a\.ts/, join(root, 'a.ts'))
    refuses(second, /leads back here/, join(root, 'deep/b.ts'))
    refuses(third, /leads back here/, join(root, 'c.ts'))
    allows(apart, join(root, 'd.ts'))
    allows("import { gone } from './gone.ts'", join(root, 'e.ts'))
  })
})
