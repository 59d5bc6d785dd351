import t, { type Test } from 'tap'
import { person, tryFile, type Person, type Reply } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

interface Question {
  readonly id: string
  readonly kind: string
  readonly options: readonly { readonly value: string }[]
}

interface FileView {
  readonly id: string
  readonly reading: { readonly decimal: string; readonly columns: readonly { name: string; role: string }[] }
  readonly questions: readonly Question[]
  readonly offered?: { readonly filename: string; readonly choices: object }
}

const WARDS = ['A', 'B', 'C', 'D', 'E', 'F']

/** Six wards of an LGA with two indicators and a population. */
function wardsCsv(lga: string, shift = 0): string {
  const rows = WARDS.map(
    (name, at) => `${lga} ${name},${lga},${String(5_000 + at)},${String(10 + at + shift)},${String(9 - at)}`,
  )
  return ['WardName,LGA,population,rainfall,tpr', ...rows].join('\n')
}

async function upload(
  who: Person,
  filename: string,
  csv: string,
  role: 'wards' | 'facilities' = 'wards',
): Promise<FileView> {
  const { completed } = await tryFile(who, role, filename, Buffer.from(csv))
  if (completed.status !== 200) throw new Error(completed.text)
  return completed.json<{ file: FileView }>().file
}

function settle(who: Person, file: FileView, body: object): Promise<Reply> {
  return who.send('PUT', `/api/files/${file.id}/reading`, { body })
}

async function wardsOf(who: Person): Promise<readonly string[]> {
  const reply = await who.post('/api/analyses', { indicators: ['rainfall', 'tpr'] })
  if (reply.status !== 201) throw new Error(reply.text)
  const { analysis } = reply.json<{ analysis: { wards: { wardName: string }[] } }>()
  return analysis.wards.map(({ wardName }) => wardName).sort()
}

async function newPerson(t: Test, url: string): Promise<Person> {
  const who = person(t, url)
  await who.start()
  return who
}

t.test('the reading of a file', { timeout: 120_000 }, async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })

  await t.test('a file of another LGA stands beside the first only when its owner says so', async (t) => {
    const who = await newPerson(t, url)
    await upload(who, 'dala.csv', wardsCsv('Dala'))
    const second = await upload(who, 'gwale.csv', wardsCsv('Gwale'))
    const question = second.questions.find(({ kind }) => kind === 'several-files')
    t.match(question, { options: [{ value: 'together' }, { value: 'alone' }] })
    const refused = await who.post('/api/analyses', { indicators: ['rainfall', 'tpr'] })
    t.match([refused.status, refused.problem], [409, 'unsettled'])
    t.match(refused.json(), { questions: [{ id: question?.id }] })

    const id = question?.id ?? ''
    t.equal((await settle(who, second, { answers: { [id]: 'together' } })).status, 200)
    t.strictSame(
      await wardsOf(who),
      ['Dala', 'Gwale'].flatMap((lga) => WARDS.map((name) => `${lga} ${name}`)),
    )

    t.equal((await settle(who, second, { answers: { [id]: 'alone' } })).status, 200)
    t.strictSame(
      await wardsOf(who),
      WARDS.map((name) => `Gwale ${name}`),
    )
    const { files } = (await who.get('/api/files')).json<{ files: { filename: string }[] }>()
    t.strictSame(
      files.map(({ filename }) => filename),
      ['gwale.csv'],
      'the earlier file is gone',
    )
  })

  await t.test('files that a task could not read as one table are refused, and the first one stays', async (t) => {
    const who = await newPerson(t, url)
    // Empty lines fill the file.
    const large = (lga: string): Buffer => Buffer.from(`${wardsCsv(lga)}\n`.padEnd(33 * 1024 * 1024, '\n'))
    t.equal((await tryFile(who, 'wards', 'dala.csv', large('Dala'))).completed.status, 200)
    const { completed } = await tryFile(who, 'wards', 'gwale.csv', large('Gwale'))
    t.match([completed.status, completed.problem], [413, 'too-large'])
    t.match(completed.json(), { detail: /"gwale.csv" has the same columns as "dala.csv".*67108864 bytes together/ })
    t.strictSame(
      await wardsOf(who),
      WARDS.map((name) => `Dala ${name}`),
    )
  })

  await t.test('a corrected file replaces the one before it without a question', async (t) => {
    const who = await newPerson(t, url)
    await upload(who, 'dala.csv', wardsCsv('Dala'))
    const second = await upload(who, 'dala corrected.csv', wardsCsv('Dala', 5))
    t.strictSame(second.questions, [])
    t.strictSame(
      await wardsOf(who),
      WARDS.map((name) => `Dala ${name}`),
    )
  })

  await t.test('a settled role changes what is read, and results from before are stale', async (t) => {
    const who = await newPerson(t, url)
    const file = await upload(who, 'dala.csv', wardsCsv('Dala'))
    const made = await who.post('/api/analyses', { indicators: ['rainfall', 'tpr'] })
    const { id } = made.json<{ analysis: { id: string } }>().analysis
    const changed = await settle(who, file, { columns: { rainfall: 'ignore' } })
    t.equal(changed.status, 200, changed.text)
    t.match(
      changed.json<{ file: FileView }>().file.reading.columns.find(({ name }) => name === 'rainfall'),
      { role: 'ignore', guessed: false },
    )
    t.equal((await who.get(`/api/analyses/${id}`)).json<{ analysis: { stale: boolean } }>().analysis.stale, true)
    const refused = await who.post('/api/analyses', { indicators: ['rainfall', 'tpr'] })
    t.equal(refused.status, 400, 'a column that is ignored ranks nothing')
    t.equal((await settle(who, file, { columns: { rainfall: null } })).status, 200, 'null takes the choice back')
    t.equal((await who.post('/api/analyses', { indicators: ['rainfall', 'tpr'] })).status, 201)
  })

  await t.test('the same choices again change nothing, and results stay current', async (t) => {
    const who = await newPerson(t, url)
    const file = await upload(who, 'dala.csv', wardsCsv('Dala'))
    t.equal((await settle(who, file, { decimal: '.' })).status, 200)
    const made = await who.post('/api/analyses', { indicators: ['rainfall', 'tpr'] })
    const { id } = made.json<{ analysis: { id: string } }>().analysis
    t.equal((await settle(who, file, { decimal: '.' })).status, 200)
    t.equal((await settle(who, file, {})).status, 200)
    t.equal((await who.get(`/api/analyses/${id}`)).json<{ analysis: { stale: boolean } }>().analysis.stale, false)
  })

  await t.test('what does not fit is refused with a pointer, and nothing is changed', async (t) => {
    const who = await newPerson(t, url)
    const file = await upload(who, 'dala.csv', wardsCsv('Dala'))
    const before = (await who.get('/api/files')).text
    for (const [body, pointer] of [
      [{ columns: { rain: 'lga' } }, '/columns/rain'],
      [{ columns: { rainfall: 'facility' } }, '/columns/rainfall'],
      [{ answers: { 'sentinel:rainfall:-9999': 'missing' } }, '/answers/sentinel:rainfall:-9999'],
      [{ headerRow: 500 }, '/headerRow'],
      [{ encoding: 'klingon' }, '/encoding'],
      [{ sheet: 'Two' }, '/sheet'],
      [{ decimals: ',' }, '/decimals'],
    ] as const) {
      const refused = await settle(who, file, body)
      t.match([refused.status, refused.problem], [400, 'invalid-input'], JSON.stringify(body))
      t.match(refused.json(), { errors: [{ pointer }] }, refused.text)
    }
    t.equal((await who.get('/api/files')).text, before)
  })

  await t.test('a file that cannot be read is completed once its reading is settled', async (t) => {
    const who = await newPerson(t, url)
    const csv = `a title,,,,\n${wardsCsv('Dala').replace('WardName', 'Place')}`
    const { fileId, completed } = await tryFile(who, 'wards', 'odd.csv', Buffer.from(csv))
    const settled = await who.send('PUT', `/api/files/${fileId}/reading`, {
      body: { headerRow: 2, columns: { Place: 'ward name' } },
    })
    t.equal(settled.status, 200, settled.text)
    if (completed.status !== 200) t.equal((await who.post(`/api/files/${fileId}/complete`)).status, 200)
    t.strictSame(
      await wardsOf(who),
      WARDS.map((name) => `Dala ${name}`),
    )
  })

  await t.test('a facility table whose counts no header names is kept, and its roles settle it', async (t) => {
    const who = await newPerson(t, url)
    const csv = 'Ward,HealthFacility,Month,Suspected,Cases\nA,F1,2023-01,40,10\nB,F2,2023-01,50,40\n'
    const file = await upload(who, 'register.csv', csv, 'facilities')
    t.match(file.questions, [{ id: 'column-roles:counts', kind: 'column-roles', options: [] }])
    const choices = { facilityLevel: 'all', age: 'all', method: 'both' }
    const refused = await who.post('/api/dataset/positivity', choices)
    t.match([refused.status, refused.problem], [409, 'unsettled'])
    const columns = { Suspected: 'tested u5 rdt', Cases: 'positive u5 rdt' }
    const settled = await settle(who, file, { columns })
    t.match([settled.status, settled.json<{ file: FileView }>().file.questions], [200, []])
    const measured = await who.post('/api/dataset/positivity', choices)
    t.match(measured.json(), {
      positivity: {
        wards: [
          { tested: 40, positive: 10 },
          { tested: 50, positive: 40 },
        ],
      },
    })
  })

  await t.test('what was settled is offered for the next file with the same header, not taken', async (t) => {
    const who = await newPerson(t, url)
    const first = await upload(who, 'dala.csv', wardsCsv('Dala'))
    await settle(who, first, { columns: { tpr: 'ignore' } })
    const second = await upload(who, 'dala 2.csv', wardsCsv('Dala', 3))
    t.strictSame(second.offered, { filename: 'dala.csv', choices: { columns: { tpr: 'ignore' } } })
    t.equal(second.reading.columns.find(({ name }) => name === 'tpr')?.role, 'value')
    const taken = await settle(who, second, second.offered?.choices ?? {})
    t.equal(taken.json<{ file: FileView }>().file.offered, undefined)
  })
})
