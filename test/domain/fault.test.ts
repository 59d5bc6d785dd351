import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import { say } from '../../service/domain/said.ts'

t.test(
  'Fault has its kind, its sentence and the places where the input is wrong, each by kind and values too',
  async (t) => {
    const width = say('row-of-other-width', { line: 14, columns: 9, width: 11 })
    const said = say('cannot-read', { filename: 'raw_data.csv', found: say('cells-unusable', { count: 1 }) })
    const fault = new Fault('unreadable-file', said, { errors: [{ line: 14, said: width }] })
    t.equal(fault.message, 'Cannot read raw_data.csv: 1 of its cells or rows cannot be used')
    t.equal(fault.said, said)
    const detail = 'line 14 has 9 columns where the header has 11'
    t.strictSame(fault.errors, [{ detail, line: 14, said: width }])
  },
)

t.test('Fault has the texts of its texts, and lists with the signs between', async (t) => {
  const named = { column: '"rain"', names: ['"heat"', '"poverty"'], more: say('and-more', { count: 3 }) }
  const fault = new Fault('invalid-input', say('column-of-data-unknown', named))
  t.equal(fault.message, 'there is no column "rain"; the data have "heat", "poverty" and 3 more')
})
