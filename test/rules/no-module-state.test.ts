import t from 'tap'
import { noModuleState } from '../../lint/no-module-state.ts'
import { casesOf } from './rule-cases.ts'

const { allows, refuses } = casesOf('no-module-state', noModuleState)
const told = (name: string): string =>
  `Cannot keep '${name}' at module scope: it outlives the request and can carry one user's data to the next`

const CONSTANTS = [
  'const MAX = 50',
  'const LIMIT = 64 * 1024 ** 2',
  'const isCi = process.argv.length > 3 ? 1 : 0',
  'const GREETING = `at most ${MAX}`',
  'const PATTERN = /^[a-z]+$/i',
  'const RAW = String.raw`\\d`',
  "export const ROLES = ['wards', 'boundaries'] as const",
  "const TABLE = { wards: { bytes: 64, kinds: ['csv', 'xlsx'] }, none: [] } as const",
  "const KINDS = { 'invalid-input': 400 } as const satisfies Record<FaultKind, number>",
  'const Schema = Type.Object({ name: Type.String() })',
  "const TOKENS: ReadonlySet<string> = new Set(['NA', 'N/A'])",
  "const ROMAN: ReadonlyMap<string, string> = new Map([['i', '1']])",
  'const BY_NAME: ReadonlyMap<string, Column> = new Map(COLUMNS.map((column) => [column.name, column]))',
  "const COLUMNS: readonly Column[] = [{ name: 'rank' }]",
  'const NAMES: readonly string[] = COLUMNS.map((column) => column.name)',
  'const STATUS: Readonly<Record<string, number>> = { stale: 409 }',
  "const FROZEN = Object.freeze(['a', Object.freeze({ b: 1 })])",
  "const WORKER = new URL('./worker.ts', import.meta.url)",
  "const FORMAT = new Intl.NumberFormat('en-GB')",
  "const SCRIPT = readFileSync(new URL('get.lua', import.meta.url), 'utf8')",
  "const MINT = Symbol('mint')",
  'const read = (path: string): string => path',
  'export function ranksOf() { const seen = new Map(); let last = 0; return [seen, last] }',
  'export const open = () => { const cache = {}; return cache }',
  'const { join } = path',
  "class Scope { static readonly KIND = 'scope'; #seen = new Map() }",
  'class Scope { static make() { return new Scope() } }',
  'declare const brand: unique symbol',
  "declare module 'fastify' { interface FastifyRequest { ctx: string } }",
  'export default function main() { return 1 }',
  'export default class Scope {}',
  'function start() { server.listening = true }',
] as const

const STATE = [
  ['let manager = null', 'manager'],
  ['export let currentDate = null', 'currentDate'],
  ['var count = 1', 'count'],
  ['const states = new Map()', 'states'],
  ["const states: Map<string, string> = new Map([['a', 'b']])", 'states'],
  ['const seen: ReadonlySet<string> = new Set()', 'seen'],
  ['export const store = new WeakMap()', 'store'],
  ['const history = {}', 'history'],
  ['const queue = []', 'queue'],
  ['const Colour = { RED: 1, GREEN: 2 }', 'Colour'],
  ['enum Colour { Red }', 'Colour'],
  ['namespace Cache { export const all = 1 }', 'Cache'],
  ['const PATTERN = /a/g', 'PATTERN'],
  ['const redis = new Redis()', 'redis'],
  ['const decoder = new TextDecoder()', 'decoder'],
  ['const cache = createCache()', 'cache'],
  ['const secret = readFileSync(path)', 'secret'],
  ['const next = (() => { let n = 0; return () => n++ })()', 'next'],
  ['const als = new AsyncLocalStorage()', 'als'],
  ['const data = await load()', 'data'],
  ['const { states } = createState()', 'destructured'],
  ['const [first] = [new Map()]', 'destructured'],
  ['const { cache = new Map() } = imported', 'destructured'],
  ['if (isReady) { const cache = new Map() }', 'cache'],
  ['const frozen = Object.freeze(new Map())', 'frozen'],
  ['const frozen = Object.freeze([[]])', 'frozen'],
  ['const frozen = Object.freeze(list)', 'frozen'],
  ['const table = { rows: new Map() } as const', 'table'],
  ['const table = { rows: [createRow()] } as const', 'table'],
  ['const table: Readonly<Table> = { rows: [] }', 'table'],
  ['const table = [] as Row[]', 'table'],
  ['const table = [] satisfies Row[]', 'table'],
  ['export default new Redis()', 'default'],
  ['export default {}', 'default'],
  ['export default createCache()', 'default'],
  ['class A { static instance }', 'instance'],
  ['class A { static readonly seen = new Set() }', 'seen'],
  ['class A { static readonly seen: Row[] = [] }', 'seen'],
  ['class A { static #count = 0 }', '#count'],
  ['class A { static accessor last = 1 }', 'last'],
  ['class A { static { this.cache = {} } }', 'static block'],
  ['handler.cache = new Map()', 'handler.cache'],
  ['function keep(x) { globalThis.last = x }', 'globalThis.last'],
] as const

t.test('no-module-state allows constants, functions and types at module scope', async (t) => {
  for (const code of CONSTANTS)
    t.doesNotThrow(() => {
      allows(code)
    }, code)
})

t.test('no-module-state refuses everything that one request could leave for the next', async (t) => {
  for (const [code, name] of STATE)
    t.doesNotThrow(() => {
      refuses(code, told(name))
    }, code)
})

t.test('no-module-state treats a call as constant only when the configuration names it', async (t) => {
  t.doesNotThrow(() => {
    allows('export const list = route(definition)', 'a.ts', [{ pure: ['route'] }])
  })
  t.doesNotThrow(() => {
    refuses('export const list = route(definition)', told('list'))
  })
})
