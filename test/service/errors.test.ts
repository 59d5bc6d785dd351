import Fastify from 'fastify'
import t from 'tap'
import { Value } from 'typebox/value'
import { Fault } from '../../service/domain/fault.ts'
import { say } from '../../service/domain/said.ts'
import { errorHandler } from '../../service/http/errors.ts'
import { PROBLEM } from '../../service/http/problem-schema.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'

t.test('the refusal of a file lists what is wrong with it, in English and by kind and values', async (t) => {
  const app = Fastify()
  app.setErrorHandler(
    errorHandler(
      createMetrics({ service: 'test', stage: 'local' }, () => undefined),
      { record: () => undefined },
    ),
  )
  const empty = say('no-header-no-rows', {})
  const found = say('cannot-read', { filename: 'wards.csv', found: empty })
  app.get('/listed', () => {
    throw new Fault('unreadable-file', found, { errors: [{ said: empty, line: 3, sheet: 'Wards' }] })
  })
  const reply = await app.inject('/listed')
  t.match(reply.json(), { detail: 'Cannot read wards.csv: it holds no header and no rows', said: found })
  const { schema } = PROBLEM.content['application/problem+json']
  t.ok(Value.Check(schema, reply.json()), 'as the description of the API has it')
  t.strictSame(reply.json<{ errors?: unknown }>().errors, [
    { detail: 'it holds no header and no rows', line: 3, sheet: 'Wards', said: empty },
  ])
})
