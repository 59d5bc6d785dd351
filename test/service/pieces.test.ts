import { createHash } from 'node:crypto'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import { canary, person, postUpload, until, wardsCsv, type FileView, type Person } from '../support/client.ts'
import { redis, s3, secrets, startService } from '../support/parts.ts'

interface PiecePost {
  readonly number: number
  readonly bytes: number
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}
interface InPieces {
  readonly file: FileView['file'] & { readonly pieces: number; readonly sha256?: string; readonly rows?: number }
  readonly upload: readonly PiecePost[]
}
interface Told {
  readonly arrived: readonly number[]
  readonly missing: readonly PiecePost[]
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

async function announceInPieces(who: Person, bytes: Uint8Array, pieces: number, more: object = {}): Promise<InPieces> {
  const body = { role: 'wards', filename: 'wards.csv', bytes: bytes.length, pieces, ...more }
  const reply = await who.post('/api/files', body)
  if (reply.status !== 201) throw new Error(`Not announced: ${String(reply.status)} ${reply.text}`)
  return reply.json<InPieces>()
}

/** The bytes of a piece: what is before it is as long as the pieces before it. */
function partOf(bytes: Uint8Array, { upload }: InPieces, number: number): Uint8Array {
  const start = upload.slice(0, number - 1).reduce((sum, piece) => sum + piece.bytes, 0)
  return bytes.subarray(start, start + (upload[number - 1]?.bytes ?? 0))
}

async function send(post: PiecePost | undefined, bytes: Uint8Array): Promise<number> {
  if (post === undefined) throw new Error('There is no such piece')
  return await postUpload({ upload: post }, bytes)
}

t.test('a file is sent in pieces', async (t: Test) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const { url } = await startService(t, { redis: server, s3: objects, secrets: secrets() })
  const mark = canary()
  const bytes = Buffer.from(wardsCsv(mark, 60))
  const [ada, bob] = [person(t, url), person(t, url)]
  await Promise.all([ada.start(), bob.start()])

  await t.test('the pieces have even sizes that make up the file, and are told to be missing', async (t) => {
    const slot = await announceInPieces(ada, bytes, 7)
    t.match(slot.file, { state: 'awaiting-upload', pieces: 7, bytes: bytes.length })
    t.notOk('announced' in slot.file, 'no hash was announced')
    t.strictSame(
      slot.upload.map(({ number }) => number),
      [1, 2, 3, 4, 5, 6, 7],
    )
    const sizes = slot.upload.map((piece) => piece.bytes)
    t.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      bytes.length,
    )
    t.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(', '))
    const told = (await ada.get(`/api/files/${slot.file.id}/pieces`)).json<Told>()
    t.strictSame([told.arrived, told.missing.map(({ number }) => number)], [[], [1, 2, 3, 4, 5, 6, 7]])
  })

  await t.test(
    'an upload that broke off goes on where it stopped, in any order, and is read as one file',
    async (t) => {
      const slot = await announceInPieces(ada, bytes, 5, { sha256: hashOf(bytes) })
      const { id } = slot.file
      for (const number of [4, 2]) t.equal(await send(slot.upload[number - 1], partOf(bytes, slot, number)), 204)
      const early = await ada.post(`/api/files/${id}/complete`)
      t.match(early, { status: 409, problem: 'no-data' })
      t.match(early.text, /3 of the 5 pieces of wards\.csv have not been uploaded whole: 1, 3, 5/)
      const told = (await ada.get(`/api/files/${id}/pieces`)).json<Told>()
      t.strictSame(
        [told.arrived, told.missing.map(({ number }) => number)],
        [
          [2, 4],
          [1, 3, 5],
        ],
      )
      for (const post of told.missing) t.equal(await send(post, partOf(bytes, slot, post.number)), 204)
      const completed = await ada.post(`/api/files/${id}/complete`)
      t.equal(completed.status, 200, completed.text)
      const { file } = completed.json<InPieces>()
      t.match(file, { state: 'ready', rows: 60 })
      t.equal(file.sha256, Buffer.from(hashOf(bytes), 'hex').toString('base64url'), 'the same bytes in the same order')
      t.equal(file.pieces, undefined, 'a ready file has no pieces')
      t.equal(await send(slot.upload[0], partOf(bytes, slot, 1)), 204, 'the post still works')
      t.match(
        (await ada.post(`/api/files/${id}/complete`)).json<InPieces>().file,
        { sha256: file.sha256 },
        'for nothing',
      )
    },
  )

  await t.test('a piece of another size is refused by the store', async (t) => {
    const slot = await announceInPieces(ada, bytes, 3)
    const piece = partOf(bytes, slot, 1)
    t.equal(await send(slot.upload[0], piece.subarray(1)), 400, 'a byte short')
    t.equal(await send(slot.upload[0], Buffer.concat([piece, Buffer.from('x')])), 400, 'a byte too many')
    t.equal(await send({ ...slot.upload[0]!, fields: { ...slot.upload[0]!.fields, key: 'sessions/x/y' } }, piece), 403)
  })

  await t.test('bytes with another hash than was announced are refused', async (t) => {
    const slot = await announceInPieces(ada, bytes, 2, { sha256: hashOf(Buffer.from('other')) })
    for (const number of [1, 2]) t.equal(await send(slot.upload[number - 1], partOf(bytes, slot, number)), 204)
    const refused = await ada.post(`/api/files/${slot.file.id}/complete`)
    t.match(refused, { status: 422, problem: 'unreadable-file' })
    t.match(refused.text, /another SHA-256/)
  })

  await t.test('pieces belong to the session that announced them', async (t) => {
    const slot = await announceInPieces(ada, bytes, 3)
    t.match(await bob.get(`/api/files/${slot.file.id}/pieces`), { status: 404, problem: 'not-found' })
    const own = await announceInPieces(bob, bytes, 3)
    const mixed = { ...own.upload[0]!, fields: { ...own.upload[0]!.fields, key: slot.upload[0]!.fields['key'] ?? '' } }
    t.equal(await send(mixed, partOf(bytes, own, 1)), 403, "Bob's post does not take Ada's key")
    const told = (await ada.get(`/api/files/${slot.file.id}/pieces`)).json<Told>()
    t.strictSame(told.arrived, [])
  })

  await t.test('what cannot be is refused: empty pieces, too many, pieces of a file that has none', async (t) => {
    const body = { role: 'wards', filename: 'wards.csv', bytes: 3 }
    t.match(await ada.post('/api/files', { ...body, pieces: 4 }), { status: 400, problem: 'invalid-input' })
    t.match(await ada.post('/api/files', { ...body, bytes: 10_000, pieces: 513 }), { status: 400 })
    t.match(await ada.post('/api/files', { ...body, sha256: 'x' }), { status: 400 })
    const whole = (await ada.post('/api/files', body)).json<FileView>()
    t.match(await ada.get(`/api/files/${whole.file.id}/pieces`), { status: 409, problem: 'conflict' })
    const many = person(t, url)
    await many.start()
    for (const _ of [1, 2, 3]) await announceInPieces(many, bytes, 512)
    t.match(await many.post('/api/files', { ...body, bytes: 10_000, pieces: 512 }), {
      status: 409,
      problem: 'conflict',
    })
  })

  await t.test('pieces are deleted when the file is ready, and with the session', async (t) => {
    const cikun = person(t, url)
    const session = await cikun.start()
    const { bucket: Bucket, region, endpoint } = objects
    const client = new S3Client({ region, endpoint, forcePathStyle: true, credentials: objects })
    t.teardown(() => {
      client.destroy()
    })
    const pieces = async (): Promise<number> => {
      const Prefix = `sessions/${session.id}/uploads/`
      return (await client.send(new ListObjectsV2Command({ Bucket, Prefix }))).KeyCount ?? 0
    }
    const slot = await announceInPieces(cikun, bytes, 2)
    for (const number of [1, 2]) await send(slot.upload[number - 1], partOf(bytes, slot, number))
    t.equal(await pieces(), 2)
    t.equal((await cikun.post(`/api/files/${slot.file.id}/complete`)).status, 200)
    t.equal(await pieces(), 0)
    const left = await announceInPieces(cikun, bytes, 2)
    await send(left.upload[0], partOf(bytes, left, 1))
    t.equal((await cikun.delete('/api/session')).status, 204)
    await until(async () => (await pieces()) === 0, 30_000, 'the pieces to be deleted with the session')
  })
})
