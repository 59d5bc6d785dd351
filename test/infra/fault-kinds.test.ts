import t from 'tap'
import { FAULT_KINDS } from '../../infra/rehearsal/mutant.ts'
import { MUTANTS } from '../../infra/rehearsal/mutants.ts'
import { FAULTY_SETTINGS } from '../../infra/rehearsal/mutants-of-kinds.ts'

/** At least so many of each kind, besides the fault by which the kind was found. */
const OWN = 3
const faults = [...MUTANTS, ...FAULTY_SETTINGS]

t.test('each kind of fault is planted as it was found, and in three other ways at least', async (t) => {
  t.equal(FAULT_KINDS.length, 36)
  for (const kind of FAULT_KINDS) {
    const those = faults.filter((each) => each.kind === kind)
    t.equal(those.filter(({ isFirst }) => isFirst).length, 1, `${kind}: as it was found`)
    const own = those.filter(({ isFirst }) => isFirst !== true)
    t.ok(own.length >= OWN, `${kind}: ${String(own.length)} others`)
  }
})

t.test('no fault is planted twice', async (t) => {
  const names = faults.map(({ fault }) => fault)
  t.strictSame(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
  const changes = FAULTY_SETTINGS.map(({ settings }) => JSON.stringify(settings))
  t.equal(new Set(changes).size, changes.length)
})
