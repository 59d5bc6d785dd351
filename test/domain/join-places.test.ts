import t from 'tap'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { settleMatches } from '../../service/domain/dataset/settle-matches.ts'
import type { Boundaries } from '../../service/domain/files/boundaries.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { square } from '../support/boundary-files.ts'

/** Boundaries from lines of CSV; ward n is a square from n degrees east. */
async function boundariesOf(csv: string, turned = false): Promise<Boundaries> {
  const [header = '', ...lines] = csv.split('\n')
  const features = lines.map((line, index) => ({
    type: 'Feature',
    properties: Object.fromEntries(header.split(',').map((name, place) => [name, line.split(',')[place] ?? ''])),
    geometry: {
      type: 'Polygon',
      coordinates: [square(index, 60).map(([x, y]) => (turned ? [y, x] : [x, y]))],
    },
  }))
  return readBoundaries(Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })), 'b.geojson')
}

async function wardsOf(csv: string): Promise<WardTable> {
  return readWards(Buffer.from(csv), 'w.csv')
}

async function join(
  wards: string,
  boundaries: string,
  answers: Readonly<Record<string, string>> = {},
): Promise<Dataset> {
  return joinWards(await wardsOf(wards), await boundariesOf(boundaries), undefined, answers)
}

t.test('a ward is joined within its state only, by name and by code', async (t) => {
  const national =
    'State,LGA,WardName\nKwara,Irepodun,Erin\nOsun,Irepodun,Balumo\nKwara,Irepodun,Balumo\nOsun,Boripe,Iree'
  const osun = await join(
    'WardName,LGA,State,x1\nErin,Irepodun,Osun,1\nBalumo,Irepodun,Osun State,2\nIree,Boripe,OSUN,3',
    national,
  )
  t.strictSame([...osun.featureOfRow], [-1, 1, 3])
  t.match(osun.unmatched, [{ reason: 'no such boundary', suggestions: [] }], 'nor is it suggested')

  const silent = await join('WardName,LGA,x1\nErin,Irepodun,1\nBalumo,Irepodun,2\nIree,Boripe,3', national)
  t.strictSame([...silent.featureOfRow], [-1, 1, 3], 'the LGA that one state has says the state of the table')
  t.match(
    silent.findings.find(({ kind }) => kind === 'key-assumed'),
    { detail: /all are taken to be in osun/ },
  )
  const unknown = await join('WardName,LGA,x1\nErin,Irepodun,1\nBalumo,Irepodun,2', national)
  t.strictSame([...unknown.featureOfRow], [-1, -1])
  t.strictSame(
    unknown.unmatched.map(({ reason }) => reason),
    ['an LGA of this name in several states', 'several boundaries of this name'],
  )
  const elsewhere = await join(
    'WardName,LGA,State,x1\nErin,Irepodun,Osun,1\nOffa,Offa,Kwara,2\nEdo,Irepodun,Kwara,3',
    'LGA,WardName\nIrepodun,Erin\nOffa,Offa',
  )
  t.strictSame([...elsewhere.featureOfRow], [-1, 1, -1], 'the boundaries are those of Kwara')

  const other = await join('WardName,State,x1\nErin,Osun,1\nZuru,Osun,2', 'State,WardName\nKwara,Erin')
  t.strictSame([...other.featureOfRow], [-1, -1])
  t.match(
    other.findings.find(({ detail }) => detail.includes('different states')),
    { examples: ['osun', 'kwara'] },
  )
  const spelled = await join('WardName,State,x1\nErin,Nassarawa,1\nZuru,Nassarawa,2', 'State,WardName\nNasarawa,Erin')
  t.strictSame([...spelled.featureOfRow], [0, -1])
  const capital = await join(
    'WardName,State,x1\nGwarinpa,FCT,1\nZuru,FCT,2',
    'State,WardName\nFederal Capital Territory,Gwarinpa',
  )
  t.strictSame([...capital.featureOfRow], [0, -1])
  const codes = await join(
    'WardCode,WardName,State,x1\n1,Erin,Osun,1\n2,Iree,Osun,2',
    'WardCode,WardName,State\n1,Erin,Kwara\n1,Erin,Osun\n2,Iree,Kwara',
  )
  t.strictSame([...codes.featureOfRow], [1, -1], 'codes are numbered from one in each state')
})

t.test('codes like 101.0 join as 101, and lost zeros are suggested', async (t) => {
  const floats = await join('WardCode,x1\n101.0,1\n102.00,2\n103.5,3', 'WardCode,WardName\n101,A\n102,B\n103,C')
  t.strictSame([...floats.featureOfRow], [0, 1, -1])
  const zeros = await join('WardCode,x1\n0101,1\n0900,2', 'WardCode,WardName\n101,A')
  t.match(zeros.unmatched, [{ suggestions: [{ boundary: 'A', wardCode: '101', ratio: 1 }] }, { suggestions: [] }])
})

t.test('codes that most names contradict are asked about, and fewer are a finding', async (t) => {
  const names = ['Agbaku', 'Balumo', 'Cikaji', 'Dandora']
  const wards = `WardCode,WardName,x1\n${names.map((name, row) => `${row + 1},${name},${row}`).join('\n')}`
  const turned = `WardCode,WardName\n${names.map((name, row) => `${4 - row},${name}`).join('\n')}`
  const asked = await join(wards, turned)
  t.match(asked.questions, [
    {
      id: 'codes-contradict:ward code',
      kind: 'codes-contradict',
      detail: /^4 of 4 wards have the code of a boundary with another name: Agbaku = Dandora/,
      options: [{ value: 'code' }, { value: 'name' }, { value: 'neither' }],
    },
  ])
  const answered = async (value: string) => {
    const { featureOfRow, questions, findings } = await join(wards, turned, { 'codes-contradict:ward code': value })
    return [[...featureOfRow], questions.length, findings.filter(({ kind }) => kind === 'names-contradict').length]
  }
  t.strictSame(await answered('code'), [[3, 2, 1, 0], 0, 1])
  t.strictSame(await answered('name'), [[0, 1, 2, 3], 0, 1])
  t.strictSame(await answered('neither'), [[-1, -1, -1, -1], 0, 1])
  t.strictSame(await answered('whatever'), [[3, 2, 1, 0], 1, 0], 'what is no option answers nothing')
  const few = await join(wards, 'WardCode,WardName\n1,Agbaku\n2,Balumo Ward\n3,Cikajji\n4,Zuru')
  t.strictSame(few.questions, [])
  t.match(
    few.findings.find(({ kind }) => kind === 'names-contradict'),
    { count: 1, examples: ['Dandora = Zuru'], detail: /1 of 4 wards .*check them/ },
  )
})

t.test(
  'names are suggested without accents, apostrophes and the 0 that stands for na, and never joined so',
  async (t) => {
    const pairs = [
      ["N'GAOUNDERE", 'N’Gaoundéré'],
      ['SEGOU', 'Ségou'],
      ['Gwa0be', 'Gwanabe'],
      ['Ade0', 'Adena'],
      ['Abeokuta Road', 'Abeokuta Rd'],
      ['Sacre Coeur', 'Sacré-Cœur'],
    ] as const
    const { unmatched } = await join(
      `WardName,x1\n${pairs.map(([ward], row) => `${ward},${String(row)}`).join('\n')}`,
      `WardName\n${pairs.map(([, boundary]) => boundary).join('\n')}`,
    )
    t.strictSame(
      unmatched.map(({ name, suggestions }) => [name, suggestions[0]?.boundary, suggestions[0]?.ratio]),
      pairs.map(([ward, boundary]) => [ward, boundary, 1]),
    )
  },
)

t.test('every ward without a boundary can be paired by hand with any boundary that is free', async (t) => {
  const table = await wardsOf('WardName,x1\nOke,1\nZuru,2\nDala,3')
  const map = await boundariesOf('WardName,LGA\nTudun,A\nTudun,A\nDala,B\nTudun,C\n,D')
  const joined = joinWards(table, map)
  const accept = [{ ward: 'Zuru', boundary: 'Tudun (C)' }]
  t.equal(map.features, 4, 'the two features of Tudun in A are one ward')
  t.strictSame([...joinWards(table, map, settleMatches(joined, { accept })).featureOfRow], [-1, 2, 1])
  const unnamed = joinWards(table, map, settleMatches(joined, { accept: [{ ward: 'Oke', boundary: '(D)' }] }))
  t.strictSame([...unnamed.featureOfRow], [3, -1, 1])
})

t.test(
  'boundaries far from the coordinates in the table are asked about, with exchanged axes as an answer',
  async (t) => {
    const csv = (shift: number): string =>
      `WardName,Latitude,Longitude,x1\n${['A', 'B', 'C', 'D']
        .map((name, index) => `${name},${String(60.5 + shift)},${String(index + 0.5 + shift)},${String(index)}`)
        .join('\n')}`
    const table = await wardsOf(csv(0))
    const names = 'WardName\nA\nB\nC\nD'
    t.strictSame(joinWards(table, await boundariesOf(names)).questions, [])
    const turned = await boundariesOf(names, true)
    t.match(joinWards(table, turned).questions, [
      {
        id: 'place-of-boundaries:coordinates',
        kind: 'place-of-boundaries',
        detail: /with exchanged axes they would fit/,
        options: [{ value: 'as-is' }, { value: 'swapped' }],
      },
    ])
    const swapped = joinWards(table, turned, undefined, { 'place-of-boundaries:coordinates': 'swapped' })
    t.strictSame(swapped.questions, [])
    t.strictSame(swapped.boundaries?.coordinates, (await boundariesOf(names)).coordinates)
    t.strictSame(swapped.boundaries?.bbox, [0, 60, 4, 61])
    const kept = joinWards(table, turned, undefined, { 'place-of-boundaries:coordinates': 'as-is' })
    t.strictSame([kept.boundaries?.bbox, kept.questions], [turned.bbox, []])
    t.match(joinWards(await wardsOf(csv(10)), await boundariesOf(names)).questions, [{ kind: 'place-of-boundaries' }])
  },
)
