import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'

t.test('Fault has its kind, its sentence and the places where the input is wrong', async (t) => {
  const fault = new Fault('unreadable-file', 'Cannot read raw_data.csv', {
    errors: [{ line: 14, detail: 'has 9 columns where the header has 11' }],
  })
  t.equal(fault.message, 'Cannot read raw_data.csv')
  t.strictSame(fault.errors, [{ line: 14, detail: 'has 9 columns where the header has 11' }])
})
