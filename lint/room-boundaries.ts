import path from 'node:path'
import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

type MessageId = 'import' | 'unreadable' | 'name' | 'environment'
type Report = TSESLint.RuleContext<MessageId, []>

/** What one file of `service/` imports: another file of the repository, by its room, or a package. */
interface Wanted {
  readonly name: string
  /** The room of a relative import, `''` for a file right under `service/`, undefined for a package. */
  readonly room?: string
  /** Its room of domain/, `''` for a file right under domain/. */
  readonly domainRoom?: string
  /** The file's base name without its ending, for a relative import. */
  readonly file: string
  readonly isTypeOnly: boolean
}

const PARSERS: ReadonlySet<string> = new Set([
  'csv-parse',
  'csv-parse/sync',
  '@e965/xlsx',
  'yauzl',
  'fflate',
  'shpjs',
  'proj4',
  'sql.js',
  '@xmldom/xmldom',
  'topojson-client',
  'd3-scale',
  'typebox',
])
/** Builtins that only compute: they reach no file, socket, clock or process. */
const PURE_BUILTINS: ReadonlySet<string> = new Set([
  'node:buffer',
  'node:crypto',
  'node:stream',
  'node:stream/promises',
  'node:string_decoder',
  'node:util',
  'node:zlib',
])
/**
 * The rooms of domain/ from the lowest to the highest. A room imports itself, lower rooms and the files right under
 * domain/, which import no room. Rooms of one level do not import each other.
 */
const DOMAIN_LEVELS = [
  ['files'],
  ['dataset'],
  ['ranking'],
  ['map', 'plan'],
  ['query', 'certainty'],
  ['chart'],
  ['exports', 'project'],
  ['chat'],
  ['arena'],
] as const
const STORE_CLIENTS = /^(ioredis|@aws-sdk|@smithy)(\/|$)/
const MODEL_CLIENTS = /^(@aws-sdk\/client-bedrock[^/]*|@smithy\/node-http-handler|eventsource-parser)(\/|$)/
const SIGN_IN_CLIENTS = /^(openid-client|jose)(\/|$)/
const WEB_FRAMEWORK = /^(fastify|@fastify)([-\/]|$)/
const REQUEST_TYPES = /^Fastify(Request|Reply)$/
const RAW_SESSIONS = /^(sessionStore|decryptSession)$/

/** Why `wanted` may not be imported into `room`, or undefined where it may. */
function refusal(place: Place, wanted: Wanted): string | undefined {
  const { room, file } = place
  const isPackage = wanted.room === undefined
  if (room === 'ui') {
    if (isPackage) return 'the page loads no packages'
    return wanted.room === 'ui' || wanted.isTypeOnly
      ? undefined
      : 'the page takes from the service by `import type` only'
  }
  if (isPackage && MODEL_CLIENTS.test(wanted.name))
    return room === 'models' ? undefined : 'only models/ speaks to language models'
  if (isPackage && STORE_CLIENTS.test(wanted.name) && room !== 'stores') return 'only stores/ speaks to Redis and S3'
  if (isPackage && SIGN_IN_CLIENTS.test(wanted.name) && room !== 'sign-in')
    return 'only sign-in/ speaks to sign-in providers'
  if (isPackage && WEB_FRAMEWORK.test(wanted.name) && !seesRequests(room, file))
    return 'only http/, session/ and app.ts see the web framework'
  if (room === 'domain') {
    if (!isPackage && wanted.room !== 'domain') return 'domain/ imports only domain/'
    if (!isPackage) return upwardRefusal(place.domainRoom, wanted.domainRoom)
    return PARSERS.has(wanted.name) || PURE_BUILTINS.has(wanted.name)
      ? undefined
      : 'domain/ imports parsing libraries and builtins without effects, nothing else'
  }
  if (room === 'session' && wanted.room === 'stores') return 'Redis lives in stores/; session/ only seals and names'
  if (room === 'features') {
    if (wanted.room === 'http' || wanted.room === 'session') return 'a feature knows no request and no session'
    if (wanted.room === 'stores' && !wanted.isTypeOnly) return 'a feature is given its stores by the context'
    if (wanted.room === 'models' && !wanted.isTypeOnly) return 'a feature is given its models by the context'
    if (wanted.room === 'stores' && /^(redis|objects|s3)\b/.test(wanted.file))
      return 'a feature never holds a client of Redis or S3'
  }
  return undefined
}

const seesRequests = (room: string, file: string): boolean =>
  room === 'http' || room === 'session' || (room === '' && file === 'app')

/** Why a room of domain/ may not import another, or undefined where it may. */
function upwardRefusal(from: string, to: string | undefined): string | undefined {
  const levelOf = (room: string): number => DOMAIN_LEVELS.findIndex((rooms) => rooms.some((name) => name === room))
  if (to === undefined || to === '' || from === to) return undefined
  if (from === '') return 'a file right under domain/ imports no room of it'
  return levelOf(to) >= 0 && levelOf(to) < levelOf(from)
    ? undefined
    : `domain/${from}/ lies below domain/${to}/ or beside it`
}

interface Place {
  readonly room: string
  /** Its room of domain/, `''` for a file right under domain/ or elsewhere. */
  readonly domainRoom: string
  readonly file: string
}

/** The room and base name of a file of `service/`, or undefined for a file elsewhere. */
function placeOf(filename: string): Place | undefined {
  const [, inside] = /.*\/service\/(.+)$/.exec(filename) ?? []
  if (inside === undefined) return undefined
  const [room = '', inner = ''] = inside.split('/').slice(0, -1)
  return { room, domainRoom: room === 'domain' ? inner : '', file: path.basename(inside).replace(/\.[a-z.]+$/, '') }
}

/** Reads one import, from the text of its source, as seen from `filename`. */
function wantedBy(filename: string, source: string, isTypeOnly: boolean): Wanted {
  if (!source.startsWith('.')) return { name: source, file: '', isTypeOnly }
  const place = placeOf(path.posix.resolve(path.posix.dirname(filename), source))
  return {
    name: source,
    room: place?.room ?? '..',
    domainRoom: place?.domainRoom ?? '',
    file: place?.file ?? '',
    isTypeOnly,
  }
}

/** True when everything an import or re-export names is a type. */
function namesOnlyTypes(node: TSESTree.ImportDeclaration | TSESTree.ExportNamedDeclaration): boolean {
  if ((node.type === 'ImportDeclaration' ? node.importKind : node.exportKind) === 'type') return true
  return (
    node.specifiers.length > 0 &&
    node.specifiers.every(
      (specifier) =>
        (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') ||
        (specifier.type === 'ExportSpecifier' && specifier.exportKind === 'type'),
    )
  )
}

/**
 * Holds every file of `service/` to its room. domain/ is pure. Only stores/ has the clients of Redis and S3, and only
 * models/ those of language models. Only http/ and session/ see a request; features/ see none of these. The page takes
 * only types. The environment is read in one place, and nothing names the raw session store of @fastify/session.
 */
export const roomBoundaries: TSESLint.RuleModule<MessageId> = {
  meta: {
    type: 'problem',
    docs: { description: 'Holds every file of service/ to what its room may import and name' },
    schema: [],
    messages: {
      import: "Cannot import '{{name}}' here: {{reason}}",
      unreadable: "Cannot tell what is imported here: write the module's name as a plain string",
      name: "Cannot name '{{name}}' here: {{reason}}",
      environment: 'Cannot read the environment here: config/ reads it once, and everything else is given its values',
    },
  },
  create(context) {
    const place = placeOf(context.filename.replaceAll('\\', '/'))
    return place === undefined ? {} : { ...importChecks(context, place), ...nameChecks(context, place) }
  },
}

function importChecks(context: Report, place: Place): TSESLint.RuleListener {
  const check = (source: TSESTree.Node | null, isTypeOnly: boolean): void => {
    if (source === null) return
    if (source.type !== 'Literal' || typeof source.value !== 'string') {
      context.report({ node: source, messageId: 'unreadable' })
      return
    }
    const reason = refusal(place, wantedBy(context.filename, source.value, isTypeOnly))
    if (reason !== undefined)
      context.report({ node: source, messageId: 'import', data: { name: source.value, reason } })
  }
  return {
    ImportDeclaration(node) {
      check(node.source, namesOnlyTypes(node))
    },
    ExportNamedDeclaration(node) {
      check(node.source, namesOnlyTypes(node))
    },
    ExportAllDeclaration(node) {
      check(node.source, node.exportKind === 'type')
    },
    ImportExpression(node) {
      check(node.source, false)
    },
    TSImportType(node) {
      check(node.source, true)
    },
    TSExternalModuleReference(node) {
      check(node.expression, false)
    },
  }
}

function nameChecks(context: Report, place: Place): TSESLint.RuleListener {
  const mayReadEnvironment = place.room === 'config' || (place.room === '' && ['main', 'operator'].includes(place.file))
  const check = (node: TSESTree.Node, name: string): void => {
    if (RAW_SESSIONS.test(name)) {
      context.report({ node, messageId: 'name', data: { name, reason: 'it hands any code the session of any id' } })
    } else if (REQUEST_TYPES.test(name) && !seesRequests(place.room, place.file)) {
      context.report({
        node,
        messageId: 'name',
        data: { name, reason: 'only http/, session/ and app.ts see a request' },
      })
    }
  }
  const isEnv = (key: TSESTree.Node): boolean =>
    (key.type === 'Identifier' && key.name === 'env') || (key.type === 'Literal' && key.value === 'env')
  const checkEnvironment = (from: TSESTree.Node | null, keys: readonly TSESTree.Node[]): void => {
    if (mayReadEnvironment || from === null) return
    const isProcess =
      (from.type === 'Identifier' && from.name === 'process') ||
      (from.type === 'Literal' && /^(node:)?process$/.test(String(from.value)))
    for (const node of isProcess ? keys.filter(isEnv) : []) context.report({ node, messageId: 'environment' })
  }
  return {
    Identifier(node) {
      // `import { a }` holds the word twice: as the imported name and as the local one.
      if (
        node.parent.type === 'ImportSpecifier' &&
        node.parent.imported !== node &&
        node.parent.local.range[0] === node.parent.imported.range[0]
      )
        return
      check(node, node.name)
    },
    Literal(node) {
      if (typeof node.value === 'string') check(node, node.value)
    },
    MemberExpression(node) {
      checkEnvironment(node.object, [node.property])
    },
    VariableDeclarator(node) {
      if (node.id.type === 'ObjectPattern')
        checkEnvironment(
          node.init,
          node.id.properties.flatMap((property) => (property.type === 'Property' ? [property.key] : [])),
        )
    },
    'ImportDeclaration:exit'(node: TSESTree.ImportDeclaration) {
      checkEnvironment(
        node.source,
        node.specifiers.flatMap((specifier) => (specifier.type === 'ImportSpecifier' ? [specifier.imported] : [])),
      )
    },
  }
}
