import t from 'tap'
import { existsSync, readFileSync } from 'node:fs'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { Boundaries } from '../../service/domain/files/boundaries.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { describeDataset } from '../../service/domain/dataset/describe-dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { nameSimilarity } from '../../service/domain/dataset/name-similarity.ts'
import { normalForm } from '../../service/domain/files/normal-form.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { settleMatches } from '../../service/domain/dataset/settle-matches.ts'
import type { MatchChoices } from '../../service/domain/dataset/settle-matches.ts'
import { spelledDifferently } from '../../service/domain/dataset/spelled-differently.ts'
import { refusal } from '../support/refusal.ts'

const KANO = new URL('../../../shared/data/kano/', import.meta.url)

/** Boundaries whose features have these attributes, side by side. */
function boundaries(features: readonly Record<string, string>[]): Promise<Boundaries> {
  const squares = features.map((properties, west) => ({
    type: 'Feature',
    properties,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 0],
          [west, 1],
          [west + 1, 1],
          [west + 1, 0],
          [west, 0],
        ],
      ],
    },
  }))
  return readBoundaries(Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: squares })), 'b.geojson')
}

async function join(csv: string, features: readonly Record<string, string>[]): Promise<Dataset> {
  return joinWards(await readWards(Buffer.from(csv), 'w.csv'), await boundaries(features))
}

t.test(
  'normalForm() compares names without state code, the word ward, brackets, signs and roman numerals',
  async (t) => {
    const forms = new Map([
      ['kw Apado Ward', 'apado'],
      ['Apado', 'apado'],
      ['M/Ngeri', 'm ngeri'],
      ['Bakin-Ruwa', 'bakin ruwa'],
      ['Are II', 'are 2'],
      ['Are ix', 'are 9'],
      ['Are X', 'are x'],
      ['Tudun_Wada (Nassarawa)', 'tudun wada'],
      ['  Oke   Oyi ', 'oke oyi'],
      ['Ward 3', '3'],
      ['Ward', 'ward'],
      ['Ko', 'ko'],
      ['Awarding', 'awarding'],
      ['', ''],
    ])
    for (const [name, form] of forms) t.equal(normalForm(name), form, name)
  },
)

t.test("nameSimilarity() gives the figures of Python's difflib", async (t) => {
  const figures: readonly (readonly [string, string, number])[] = [
    ['gawunab', 'gawuna', 0.9230769230769231],
    ['fagg c', 'fagge c', 0.9230769230769231],
    ['zaitawai', 'zaitawa', 0.9333333333333333],
    ['abcd', 'bcde', 0.75],
    ['tide', 'diet', 0.25],
    ['diet', 'tide', 0.5],
    ['qabxcd', 'abycdf', 0.6666666666666666],
    ['private Thread currentThread;', 'private volatile Thread currentThread;', 0.8656716417910447],
    ['', '', 1],
    ['a', '', 0],
    ['aaaaab', 'baaaa', 0.7272727272727273],
    ['unguwa uku kauyen alu', 'unguwa uku cikin gari', 0.7142857142857143],
    ['bc aa cbb ', '  bbb aabacac     bc', 0.4],
    ['ab bc ', 'c  c bcacbcabccaa  aca ', 0.27586206896551724],
    ['ac  aaa', 'ccbacaaaab ccba', 0.45454545454545453],
    ['ccb    ac bc ', 'cca ca bac ', 0.5],
    ['cc aaacc ccbcb', 'ccc aabcbcbcb', 0.6666666666666666],
    [' aaccb bacb cbaabcbccacb', 'cc c c  a bba  b', 0.35],
    [' ccb', 'cabaa', 0.4444444444444444],
    ['b aa abcba aacbc ac', 'baabbcba  ', 0.6206896551724138],
  ]
  for (const [a, b, ratio] of figures) t.equal(nameSimilarity(a, b), ratio, `${a} / ${b}`)
})

t.test('joinWards() joins by code first, even if the names differ', async (t) => {
  const { featureOfRow, matchedBy, findings } = await join('WardCode,WardName,x1\nk2,Kuka,1\nK1,Tudun,2\n', [
    { WardCode: 'K1', WardName: 'Kuka' },
    { WardCode: 'K2', WardName: 'Tudun' },
  ])
  t.strictSame([...featureOfRow], [1, 0])
  t.strictSame(matchedBy, ['code', 'code'])
  t.match(findings, [{ kind: 'join-skipped' }, { kind: 'spelling-differs', count: 2 }])
})

t.test('joinWards() joins a repeated name within its LGA, by LGA name or code', async (t) => {
  const features = [
    { WardName: 'Tudun', LGACode: '1', LGA: 'Dala' },
    { WardName: 'Tudun', LGACode: '2', LGA: 'Gwale' },
  ]
  t.strictSame([...(await join('WardName,LGA,x1\nTudun Ward,GWALE,1\nTudun,Dala,2\n', features)).featureOfRow], [1, 0])
  t.strictSame([...(await join('WardName,LGA,x1\nTudun,2,1\nTudun,1,2\n', features)).featureOfRow], [1, 0])
})

t.test('joinWards() never joins a name that is ambiguous on either side, and suggests instead', async (t) => {
  const twoBoundaries = await join('WardName,x1\nTudun,1\nKuka,2\n', [
    { WardName: 'Tudun' },
    { WardName: 'TUDUN' },
    { WardName: 'Kuka' },
  ])
  t.strictSame([...twoBoundaries.featureOfRow], [-1, 2])
  t.match(twoBoundaries.unmatched, [
    {
      name: 'Tudun',
      reason: 'several boundaries of this name',
      suggestions: [
        { feature: 0, ratio: 1 },
        { feature: 1, ratio: 1 },
      ],
    },
  ])
  const twoWards = await join('WardName,x1\nTudun,1\ntudun ward,2\nKuka,3\n', [
    { WardName: 'Tudun' },
    { WardName: 'Kuka' },
  ])
  t.strictSame([...twoWards.featureOfRow], [-1, -1, 1])
  t.match(twoWards.unmatched, [{ reason: 'several wards of this name' }, { reason: 'several wards of this name' }])
})

t.test('joinWards() does not join by name a ward whose code names another boundary', async (t) => {
  const { featureOfRow } = await join('WardCode,WardName,x1\nK1,Kuka,1\nK9,Tudun,2\n', [
    { WardCode: 'K1', WardName: 'Dala' },
    { WardCode: 'K2', WardName: 'Kuka' },
    { WardCode: 'K3', WardName: 'Tudun' },
  ])
  t.strictSame([...featureOfRow], [0, 2])
})

t.test('joinWards() takes Dala LGA and Dala as one LGA', async (t) => {
  const { matchedBy } = await join('WardName,LGA,x1\nKuka,kn Dala LGA,1\nKuka,kn Gwale Local Government Area,2\n', [
    { WardName: 'Kuka', LGA: 'Gwale' },
    { WardName: 'Kuka', LGA: 'Dala' },
  ])
  t.strictSame(matchedBy, ['name', 'name'])
})

t.test('joinWards() does not equate codes that differ in leading zeros, joins by name and says so', async (t) => {
  const { matchedBy, findings } = await join('WardCode,WardName,x1\n1,Kuka,1\n2,Doka,2\n003,Gawo,3\n', [
    { WardCode: '001', WardName: 'Kuka' },
    { WardCode: '002', WardName: 'Doma' },
    { WardCode: '003', WardName: 'Gawo' },
  ])
  t.strictSame(matchedBy, ['name', 'none', 'code'])
  t.match(
    findings.find(({ detail }) => detail.includes('leading zero was lost')),
    { kind: 'join-skipped', count: 2, examples: ['Kuka (1)', 'Doka (2)'] },
  )
})

t.test('joinWards() does not join a ward whose code two boundaries have, and says why', async (t) => {
  const { featureOfRow, unmatched } = await join('WardCode,WardName,x1\nK1,Kuka,1\nK2,Dala,2\n', [
    { WardCode: 'K1', WardName: 'Kuka' },
    { WardCode: 'K1', WardName: 'Tudun' },
    { WardCode: 'K2', WardName: 'Dala' },
  ])
  t.strictSame([...featureOfRow], [-1, 2])
  t.match(unmatched, [{ name: 'Kuka', reason: 'several boundaries of this code', suggestions: [{ boundary: 'Kuka' }] }])
})

t.test('joinWards() suggests only boundaries of the ward’s own LGA if it is known', async (t) => {
  const { unmatched } = await join('WardName,LGA,x1\nGawunab,Dala,1\nKuka,Gwale,2\n', [
    { WardName: 'Gawuna', LGA: 'Gwale' },
    { WardName: 'Kuka', LGA: 'Gwale' },
    { WardName: 'Gawunaa', LGA: 'Dala' },
  ])
  t.strictSame(
    unmatched.map(({ suggestions }) => suggestions.map(({ boundary }) => boundary)),
    [['Gawunaa']],
  )
})

t.test(
  'joinWards() suggests across LGAs that only one file has, as they may be misspelled, and joins none of these',
  async (t) => {
    const found = await join('WardName,LGA,x1\nKuka,Nassarawa,1\nDoka,Nassarawa,2\nKuka,Dala,3\n', [
      { WardName: 'Kuka', LGA: 'Nasarawa' },
      { WardName: 'Kuka', LGA: 'Dala' },
      { WardName: 'Doka', LGA: 'Gwale' },
    ])
    t.strictSame(found.matchedBy, ['none', 'none', 'name'])
    t.strictSame(
      found.unmatched.map(({ name, suggestions }) => [
        name,
        suggestions.map(({ boundary, lga }) => `${boundary} ${String(lga)}`),
      ]),
      [
        ['Kuka (Nassarawa)', ['Kuka (Nasarawa) Nasarawa']],
        ['Doka', ['Doka Gwale']],
      ],
    )
    t.match(
      found.findings.find(({ detail }) => detail.startsWith('LGAs of the ward table')),
      { count: 1, examples: ['Nassarawa'] },
    )
  },
)

t.test(
  'joinWards() copes with names made to be slow, and with names of properties that every object has',
  async (t) => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
    const { featureOfRow } = await join(
      `WardName,x1\n${names.map((name) => `${name},1`).join('\n')}\n`,
      names.map((WardName) => ({ WardName })),
    )
    t.strictSame([...featureOfRow], [0, 1, 2, 3])
    const started = performance.now()
    normalForm(`${' '.repeat(100_000)}(`)
    normalForm('ward '.repeat(100_000))
    nameSimilarity('a'.repeat(200), 'a'.repeat(200))
    t.ok(performance.now() - started < 500)
  },
)

t.test('describeDataset() shows what was joined, what was not, and every finding', async (t) => {
  const found = describeDataset(
    await join('WardName,rain,gap,empty\nKuka,1,NA,\nGawunab,2,3,\n', [{ WardName: 'Kuka' }, { WardName: 'Gawuna' }]),
  )
  t.match(found, {
    wards: 2,
    matched: 1,
    unmatched: [{ name: 'Gawunab', reason: 'no such boundary', suggestions: [{ boundary: 'Gawuna' }] }],
    duplicates: [],
    quality: {
      boundaries: 2,
      matchedByCode: 0,
      matchedByName: 1,
      matchedByNameForm: 0,
      unusedBoundaries: ['Gawuna'],
      candidates: 2,
      missingCells: 1,
      missingShare: 0.25,
    },
  })
  t.strictSame(
    found.quality.findings.map(({ kind }) => kind),
    ['missing-values', 'column-refused', 'join-skipped', 'ward-unmatched', 'boundary-unmatched'],
  )
  t.match(describeDataset(joinWards(await readWards(Buffer.from('WardName,rain\nA,1\nB,2'), 'w.csv'), null)), {
    wards: 2,
    matched: 0,
    unmatched: [],
    quality: { boundaries: null },
  })
})

t.test(
  'Kano: its four near-misses are suggested and none of them is joined',
  { skip: existsSync(KANO) ? false : 'the Kano data are not on this machine' },
  async (t) => {
    const table = await readWards(readFileSync(new URL('wards.csv', KANO)), 'wards.csv')
    const map = await readBoundaries(readFileSync(new URL('boundaries.zip', KANO)), 'boundaries.zip')
    const joined = joinWards(table, map)
    const found = describeDataset(joined)
    t.match(map.findings, [{ kind: 'crs-assumed' }])
    t.match(table.findings[0], { kind: 'column-dropped', count: 2 })
    t.strictSame(
      found.unmatched.map(({ name, reason, suggestions }) => [
        name,
        reason,
        suggestions.map(({ boundary }) => boundary),
      ]),
      [
        ['Bakin-Ruwa', 'a boundary of this name with other signs', ['Bakin Ruwa']],
        ['Fagg c', 'no such boundary', ['Fagge C']],
        ['Gawunab', 'no such boundary', ['Gawuna']],
        ['zaitawai', 'no such boundary', ['Zaitawa']],
      ],
    )
    t.match(
      found,
      {
        wards: 66,
        matched: 62,
        quality: { matchedByName: 62, matchedByNameForm: 0, matchedByHand: 0, spelledDifferently: [] },
      },
      'every joined pair is spelled the same',
    )
    const accept = found.unmatched.map(({ name, suggestions }) => ({
      ward: name,
      boundary: suggestions[0]?.boundary ?? '',
    }))
    const settled = describeDataset(joinWards(table, map, settleMatches(joined, { accept })))
    t.match(settled, { matched: 66, unmatched: [], quality: { matchedByHand: 4 } }, 'and a person can join all four')
  },
)

t.test('joinWards() lists every ward joined under another spelling, and a person can part the pair', async (t) => {
  const table = await readWards(
    Buffer.from('WardCode,WardName,x1\nK1,kn Tudun Wada II Ward,1\nK2,Kuka,2\n,Dala,3\n'),
    'w.csv',
  )
  const map = await boundaries([
    { WardName: 'Tudun wada 2' },
    { WardName: 'Kukawa', WardCode: 'K2' },
    { WardName: 'Dala' },
  ])
  const pair = { ward: 'kn Tudun Wada II Ward', boundary: 'Tudun wada 2' }
  const joined = joinWards(table, map)
  t.strictSame(joined.matchedBy, ['name-form', 'code', 'name'])
  t.strictSame(spelledDifferently(joined), [
    { ...pair, joinedBy: 'name-form' },
    { ward: 'Kuka', boundary: 'Kukawa', joinedBy: 'code' },
  ])
  const result = analyse(
    joinWards(await readWards(Buffer.from(`WardName,x1,x2\n${pair.ward},1,2\nDala,3,1\n`), 'w.csv'), map),
    { indicators: ['x1', 'x2'] },
  )
  const differing = [{ ...pair, joinedBy: 'name-form' }]
  t.strictSame([result.spelledDifferently, result.quality.spelledDifferently], [differing, differing])
  t.ok(
    result.caveats.some(
      (text) => text.includes('1 of them are spelled differently') && text.includes(`${pair.ward} = ${pair.boundary}`),
    ),
  )
  const parted = joinWards(table, map, settleMatches(joined, { refuse: [pair] }))
  t.match(parted, { matchedBy: ['none', 'code', 'name'], unmatched: [{ name: pair.ward, suggestions: [] }] })
  const again = joinWards(table, map, settleMatches(parted, { accept: [pair] }))
  t.match(again, { matchedBy: ['name-form', 'code', 'name'], settled: { refused: [] } })
  t.match(refusal(() => settleMatches(joined, { refuse: [{ ward: 'Dala', boundary: 'Dala' }] })).errors, [
    { pointer: '/refuse/0', detail: /the same on both sides/ },
  ])
})

t.test('joinWards() joins names with the same signs, and only suggests names whose signs differ', async (t) => {
  const names = [
    ['Bakin-Ruwa', 'Bakin Ruwa'],
    ['M/Ngeri', 'M Ngeri'],
    ['Tudun_Wada', 'Tudun-Wada'],
    ['kn Dan / Kura Ward', 'dan/kura'],
    ['A-B C', 'A B-C'],
    ['Ja’en', 'JA’EN'],
  ] as const
  const table = await readWards(
    Buffer.from(`WardName,x1\n${names.map(([ward], row) => `${ward},${String(row)}`).join('\n')}\n`),
    'w.csv',
  )
  const map = await boundaries(names.map(([, WardName]) => ({ WardName })))
  const joined = joinWards(table, map)
  t.strictSame(joined.matchedBy, ['none', 'none', 'none', 'name-form', 'none', 'name-form'])
  t.ok(
    joined.unmatched.every(
      ({ row, reason, suggestions: [first, ...rest] }) =>
        reason === 'a boundary of this name with other signs' &&
        first?.boundary === names[row]?.[1] &&
        first?.ratio === 1 &&
        rest.length === 0,
    ),
  )
  const settled = settleMatches(joined, {
    accept: [{ ward: 'M/Ngeri', boundary: 'M Ngeri' }],
    refuse: [{ ward: 'Bakin-Ruwa', boundary: 'Bakin Ruwa' }],
  })
  t.match(joinWards(table, map, settled), {
    matchedBy: ['none', 'accepted', 'none', 'name-form', 'none', 'name-form'],
    unmatched: [
      { name: 'Bakin-Ruwa', reason: 'no such boundary', suggestions: [] },
      { name: 'Tudun_Wada' },
      { name: 'A-B C' },
    ],
  })
  const one = await boundaries([{ WardName: 'Kuka Kudu' }])
  const rivals = await readWards(Buffer.from('WardName,x1\nKuka-Kudu,1\nKuka/Kudu,2\n'), 'w.csv')
  t.strictSame(
    joinWards(rivals, one).unmatched.map(({ reason }) => reason),
    ['several wards of this name', 'several wards of this name'],
    'two that could be it are ambiguous',
  )
})

t.test('settleMatches() joins accepted pairs, stops suggesting refused pairs, and lists both', async (t) => {
  const table = await readWards(Buffer.from('WardName,x1\nGawunab,1\nFagg c,2\nKuka,3\n'), 'w.csv')
  const map = await boundaries([{ WardName: 'Gawuna', WardCode: 'G1' }, { WardName: 'Fagge C' }, { WardName: 'Kuka' }])
  const first = joinWards(table, map)
  const settled = settleMatches(first, {
    accept: [{ ward: 'Gawunab', boundary: 'Gawuna' }],
    refuse: [{ ward: 'Fagg c', boundary: 'Fagge C' }],
  })
  const second = joinWards(table, map, settled)
  t.strictSame(second.matchedBy, ['accepted', 'none', 'name'])
  t.match(
    describeDataset(second),
    {
      matched: 2,
      accepted: [{ ward: 'Gawunab', boundary: 'Gawuna' }],
      refused: [{ ward: 'Fagg c', boundary: 'Fagge C' }],
      unmatched: [{ name: 'Fagg c', suggestions: [] }],
      quality: {
        matchedByName: 1,
        matchedByHand: 1,
        findings: [
          { kind: 'join-skipped' },
          { kind: 'match-accepted', count: 1, examples: ['Gawunab = Gawuna'] },
          { kind: 'match-refused', count: 1 },
        ],
      },
    },
    'a pair joined by hand is listed with the rest',
  )

  const parted = settleMatches(second, {
    refuse: [{ ward: 'Gawunab', boundary: 'Gawuna (G1)' }],
    accept: [{ ward: 'Fagg c', boundary: 'Fagge C' }],
  })
  const third = joinWards(table, map, parted)
  t.strictSame(third.matchedBy, ['none', 'accepted', 'name'], 'both can be taken back')
  t.strictSame(parted.refused, [{ row: 0, feature: 0 }])
  t.strictSame(
    joinWards(table, map, settleMatches(third, { accept: [{ ward: 'Gawunab', boundary: 'Gawuna' }] })).matchedBy,
    ['accepted', 'accepted', 'name'],
  )
})

t.test('settleMatches() points at each impossible choice, and then settles nothing', async (t) => {
  const dataset = await join('WardName,x1\nGawunab,1\nKuka,2\nTudun A,3\n', [
    { WardName: 'Gawuna' },
    { WardName: 'Kuka' },
    { WardName: 'Tudun' },
    { WardName: 'Tudun' },
  ])
  const errors = (choices: MatchChoices): unknown => refusal(() => settleMatches(dataset, choices)).errors
  t.match(errors({ accept: [{ ward: 'Nobody', boundary: 'Nowhere' }] }), [
    { pointer: '/accept/0/ward', detail: 'there is no ward "Nobody"' },
    { pointer: '/accept/0/boundary', detail: 'there is no boundary "Nowhere"' },
  ])
  t.match(
    errors({
      accept: [
        { ward: 'Gawunab', boundary: 'Gawuna' },
        { ward: 'Tudun A', boundary: 'Gawuna' },
      ],
    }),
    [{ pointer: '/accept/1/boundary', detail: /belongs to a ward already/ }],
  )
  t.match(errors({ accept: [{ ward: 'Kuka', boundary: 'Gawuna' }] }), [
    { pointer: '/accept/0/ward', detail: /has a boundary already/ },
  ])
  t.match(errors({ accept: [{ ward: 'Tudun A', boundary: 'Tudun' }] }), [
    { pointer: '/accept/0/boundary', detail: /2 boundaries are called "Tudun"/ },
  ])
  t.match(errors({ refuse: [{ ward: 'Kuka', boundary: 'Kuka' }] }), [
    { pointer: '/refuse/0', detail: /joined by its name, which is the same/ },
  ])
  t.match(
    refusal(() => settleMatches(joinWards(dataset.table, null), {})),
    { kind: 'no-data' },
  )
})
