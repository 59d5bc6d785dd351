import fc from 'fast-check'
import t from 'tap'
import { withFields, type JsonText } from '../../service/route.ts'

/** What a client reads of it. */
function read({ parts }: JsonText): unknown {
  const text = Buffer.concat(parts.map((part) => Buffer.from(part))).toString()
  return JSON.parse(text)
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

t.test('withFields() puts fields in front of those of an object that is not parsed', async (t) => {
  t.strictSame(read(withFields({ stale: true }, bytes('{"wards":[{"name":"Kuka}"}]}'))), {
    stale: true,
    wards: [{ name: 'Kuka}' }],
  })
  t.strictSame(read(withFields({ stale: true }, bytes('{}'))), { stale: true }, 'an empty object')
  t.strictSame(read(withFields({}, bytes('{"wards":1}'))), { wards: 1 }, 'no field')
  t.strictSame(read(withFields({ planId: undefined }, bytes('{}'))), {}, 'nothing at all')
})

t.test('withFields() gives what putting the two objects together gives', async (t) => {
  const object = (mark: string): fc.Arbitrary<Record<string, unknown>> =>
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).map((name) => mark + name),
      fc.jsonValue(),
    )
  fc.assert(
    fc.property(object('a'), object('b'), (fields, others) => {
      const made = read(withFields(fields, bytes(JSON.stringify(others))))
      return JSON.stringify(made) === JSON.stringify({ ...fields, ...others })
    }),
  )
  t.pass('100 pairs of made-up objects')
})

t.test('withFields() refuses JSON that is not an object', async (t) => {
  for (const text of ['[1]', '"{}"', 'null', '', '{'])
    t.throws(() => withFields({ stale: true }, bytes(text)), /not a JSON object/, text)
})
