import { repeated, tryFile, type Person, type Reply } from './client.ts'

const HEADER = 'WardName,LGA,rainfall,distance_to_water,population,urban_percentage'
const DALA = [
  'Ari,Dala,910,1.5,1800,80',
  'Bako,Dala,870,2.25,900,10',
  'Chiroma,Dala,820,0.5,1000,60',
  'Dutse,Dala,610,4,1000,20',
] as const
const GWALE = ['Ebo,Gwale,640,3.5,2000,90', 'Fagge,Gwale,400,6,500,95', 'Goron Maje,Gwale,505,5,700,35'] as const
const NAMES = ['Ari', 'Bako', 'Chiroma', 'Dutse', 'Ebo', 'Fagge', 'Goron Majee'] as const

/** The name of the one plan that was made of earlier data. */
export const EARLIER_PLAN = 'Of the data before'

/**
 * Gives a session something of everything: wards in two files that are one table, boundaries with one pair accepted by
 * hand, measured test positivity, an analysis, a named plan, and a locked plan of data that were replaced since.
 */
export async function fillSession(who: Person): Promise<void> {
  await upload(who, 'wards', 'dala.csv', csv(DALA))
  const earlier = await analyse(who, ['rainfall', 'distance_to_water'])
  const locked = idOf(
    await made(who, '/api/itn-plans', { analysisId: earlier, totalNets: 900, name: EARLIER_PLAN }),
    'plan',
  )
  await expect(200, () => who.post(`/api/itn-plans/${locked}/lock`))

  const gwale = await upload(who, 'wards', 'gwale.csv', csv(GWALE))
  const { file } = gwale.json<{ file: { id: string; questions: { id: string }[] } }>()
  const together = file.questions.find(({ id }) => id.startsWith('several-files'))?.id ?? ''
  await expect(200, () =>
    who.send('PUT', `/api/files/${file.id}/reading`, {
      body: { answers: { [together]: 'together' }, missing: ['n/k'] },
    }),
  )
  await upload(who, 'boundaries', 'boundaries.geojson', boundaries())
  await upload(who, 'facilities', 'facilities.csv', facilities())
  await expect(200, () => who.post('/api/dataset/positivity', { facilityLevel: 'all', age: 'u5', method: 'rdt' }))
  await expect(200, () =>
    who.post('/api/dataset/matches', { accept: [{ ward: 'Goron Maje', boundary: 'Goron Majee' }] }),
  )
  const dataset = (await who.get('/api/dataset')).json<{ columns: { name: string; indicator: boolean }[] }>()
  const measured = dataset.columns.find(({ name, indicator }) => indicator && /tpr|positiv/i.test(name))?.name ?? ''
  const analysisId = await analyse(who, ['rainfall', 'distance_to_water', measured])
  await made(who, '/api/itn-plans', { analysisId, totalNets: 2_000, name: 'Of all wards', reserve: { nets: 100 } })
}

async function analyse(who: Person, indicators: readonly string[]): Promise<string> {
  return idOf(
    await made(who, '/api/analyses', { indicators, directions: { distance_to_water: 'inverse' } }),
    'analysis',
  )
}

async function upload(
  who: Person,
  role: 'wards' | 'boundaries' | 'facilities',
  filename: string,
  text: string,
): Promise<Reply> {
  return await expect(200, async () => (await tryFile(who, role, filename, Buffer.from(text))).completed)
}

async function made(who: Person, path: string, body: unknown): Promise<Reply> {
  return await expect(201, () => who.post(path, body))
}

async function expect(status: number, send: () => Promise<Reply>): Promise<Reply> {
  const reply = await repeated(send)
  if (reply.status !== status) throw new Error(`${String(reply.status)} ${reply.text}`)
  return reply
}

function idOf(reply: Reply, kind: 'analysis' | 'plan'): string {
  return reply.json<Record<typeof kind, { id: string }>>()[kind].id
}

function csv(rows: readonly string[]): string {
  return `${[HEADER, ...rows].join('\n')}\n`
}

/** Squares side by side. The last one is spelled differently. */
function boundaries(): string {
  const features = NAMES.map((WardName, at) => {
    const [x, y] = [8 + at / 10, 11]
    const ring = [
      [x, y],
      [x + 0.1, y],
      [x + 0.1, y + 0.1],
      [x, y + 0.1],
      [x, y],
    ]
    const LGA = at < DALA.length ? 'Dala' : 'Gwale'
    return { type: 'Feature', properties: { WardName, LGA }, geometry: { type: 'Polygon', coordinates: [ring] } }
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}

function facilities(): string {
  const header =
    'State,LGA,WardName,Health Facility,Facility Level,Period name,' +
    'Persons with fever and tested by RDT <5yrs,Persons positive for malaria by RDT <5yrs'
  const rows = [...DALA, ...GWALE].map((row, at) => {
    const [ward = '', lga = ''] = row.split(',')
    return `Sample,${lga},${ward},Clinic ${String(at + 1)},Primary,January 2024,${String(100 + 7 * at)},${String(20 + 5 * at)}`
  })
  return `${[header, ...rows].join('\n')}\n`
}
