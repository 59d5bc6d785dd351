import Fastify from 'fastify'
import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import { errorHandler } from '../../service/http/errors.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'

t.test('the refusal of a file always lists what is wrong with it', async (t) => {
  const app = Fastify()
  app.setErrorHandler(
    errorHandler(
      createMetrics({ service: 'test', stage: 'local' }, () => undefined),
      { record: () => undefined },
    ),
  )
  const listed = [{ detail: 'this cell is empty', line: 3, sheet: 'Wards' }] as const
  app.get('/listed', () => {
    throw new Fault('unreadable-file', 'Cannot read wards.csv', { errors: listed })
  })
  const errorsOf = async (url: string): Promise<unknown> => (await app.inject(url)).json<{ errors?: unknown }>().errors
  t.strictSame(await errorsOf('/listed'), listed)
})
