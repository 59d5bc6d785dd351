import { createHmac, randomBytes } from 'node:crypto'
import t from 'tap'
import { hmacOf } from '../../service/session/hmac.ts'

t.test('hmacOf() gives what Node\'s own HMAC gives, for keys around the block size and texts of any kind', async (t) => {
  for (const bytes of [1, 31, 32, 63, 64, 65, 128, 200]) {
    const key = randomBytes(bytes)
    for (const text of ['', 'a', 'x'.repeat(1000), 'é ✓\n\0']) {
      t.ok(hmacOf(key)(text).equals(createHmac('sha256', key).update(text).digest()), `${String(bytes)} bytes, ${String(text.length)} characters`)
    }
  }
  t.ok(hmacOf('a secret in words')('text').equals(createHmac('sha256', 'a secret in words').update('text').digest()))
})
