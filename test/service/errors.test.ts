import Fastify from 'fastify'
import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import { errorHandler } from '../../service/http/errors.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'

t.test('the refusal of a file always lists what is wrong with it', async (t) => {
  const app = Fastify()
  app.setErrorHandler(errorHandler(createMetrics({ service: 'test', stage: 'local' }, () => undefined)))
  const listed = [{ detail: 'this cell is empty', line: 3 }]
  app.get('/one', () => {
    throw new Fault('unreadable-file', 'Cannot read wards.csv: it is empty')
  })
  app.get('/listed', () => {
    throw new Fault('unreadable-file', 'Cannot read wards.csv', { errors: listed })
  })
  const errorsOf = async (url: string): Promise<unknown> => (await app.inject(url)).json<{ errors?: unknown }>().errors
  t.strictSame(await errorsOf('/one'), [{ detail: 'Cannot read wards.csv: it is empty' }])
  t.strictSame(await errorsOf('/listed'), listed)
})
