import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Fault, type FaultDetail } from '../../domain/fault.ts'
import { say, type Said } from '../../domain/said.ts'
import { FileRoleSchema } from '../../domain/files/role-schema.ts'
import { PlanOptions } from '../../domain/plan/plan-options.ts'
import {
  MANIFEST,
  PROJECT_FORMAT,
  PROJECT_LIMITS,
  PROJECT_VERSION,
  type Contents,
  type Manifest,
  type PartFacts,
  type SavedTurn,
} from '../../domain/project/contents.ts'
import { schemaRefusals } from '../../domain/schema-refusals.ts'
import { AnalysisOptionsSchema } from '../analyses.ts'
import { Filename } from '../filename.ts'
import { PlanName } from '../plans.ts'
import { PositivityChoices } from '../replies/dataset.ts'
import { Moment } from '../replies/parts.ts'
import { SavedChoices } from '../replies/reading.ts'

const closed = { additionalProperties: false } as const
const PartName = Type.String({ maxLength: 40 })
const Sha256 = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
const MOST_PAIRS = 5_000
const Place = Type.Integer({ minimum: 0, maximum: 10_000_000 })
const Pairs = Type.Array(Type.Object({ row: Place, feature: Place }, closed), { maxItems: MOST_PAIRS })
const Words = Type.String({ maxLength: 100 })

const ManifestForm = Type.Object({ format: Type.Literal(PROJECT_FORMAT), version: Type.Integer() })

const ManifestSchema = Type.Object(
  {
    format: Type.Literal(PROJECT_FORMAT),
    version: Type.Literal(PROJECT_VERSION),
    program: Type.Object({ version: Words, commit: Words }, closed),
    savedAt: Moment,
    dataVersion: Place,
    parts: Type.Array(Type.Object({ name: PartName, bytes: Type.Integer({ minimum: 0 }), sha256: Sha256 }, closed), {
      maxItems: PROJECT_LIMITS.entries,
    }),
  },
  closed,
)

/** Twice the hundred signs that are taken of a provider's: a sign can be two characters. */
const PersonName = Type.String({ minLength: 1, maxLength: 200 })
const ContentsSchema = Type.Object(
  {
    files: Type.Array(
      Type.Object(
        { role: FileRoleSchema, filename: Filename, choices: Type.Optional(SavedChoices), part: PartName },
        closed,
      ),
      { minItems: 1, maxItems: PROJECT_LIMITS.files },
    ),
    settled: Type.Object({ accepted: Pairs, refused: Pairs }, closed),
    positivity: Type.Array(PositivityChoices, { maxItems: 100 }),
    analyses: Type.Array(Type.Object({ options: AnalysisOptionsSchema, part: PartName }, closed), {
      maxItems: PROJECT_LIMITS.analyses,
    }),
    plans: Type.Array(
      Type.Object(
        {
          analysis: Type.Union([Place, Type.Null()]),
          options: PlanOptions,
          name: Type.Optional(PlanName),
          lockedAt: Type.Optional(Moment),
          lockedBy: Type.Optional(PersonName),
          part: PartName,
        },
        closed,
      ),
      { maxItems: PROJECT_LIMITS.plans },
    ),
  },
  closed,
)

const Line = Type.String({ maxLength: 20_000 })
const Cell = Type.Union([Line, Type.Number(), Type.Null()])
const ChatSchema = Type.Array(
  Type.Object(
    {
      at: Moment,
      message: Type.String({ minLength: 1, maxLength: 4_000 }),
      mode: Words,
      text: Line,
      intent: Type.String({ pattern: '^[a-z_]{1,40}$' }),
      basis: Type.Array(Line, { maxItems: 100 }),
      options: Type.Optional(Type.Array(Line, { maxItems: 100 })),
      table: Type.Optional(
        Type.Object(
          {
            columns: Type.Array(Line, { maxItems: 100 }),
            rows: Type.Array(Type.Array(Cell, { maxItems: 100 }), { maxItems: 100 }),
            rowsLeftOut: Type.Optional(Type.Integer({ minimum: 0 })),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  { maxItems: PROJECT_LIMITS.turns },
)

/**
 * The manifest, if it fits what was found in the file: no part is missing, none is left over, and each has the size and
 * the hash that the manifest says.
 * @throws Fault `unreadable-file`
 */
export function checkManifest(filename: string, text: string, found: readonly PartFacts[]): Manifest {
  const json = parsed(filename, MANIFEST, text)
  if (Value.Check(ManifestForm, json) && json.version !== PROJECT_VERSION)
    throw refusal(filename, say('project-form-of-other-version', { found: json.version, known: PROJECT_VERSION }))
  const manifest: Manifest = checked(filename, MANIFEST, ManifestSchema, json)
  const errors: FaultDetail[] = []
  const said = new Map(manifest.parts.map((part) => [part.name, part]))
  if (said.size < manifest.parts.length) errors.push({ said: say('part-named-twice', { manifest: MANIFEST }) })
  for (const { name, bytes, sha256 } of found) {
    const part = said.get(name)
    if (part === undefined) errors.push({ said: say('part-not-in-manifest', { name, manifest: MANIFEST }) })
    else if (part.bytes !== bytes || part.sha256 !== sha256)
      errors.push({ said: say('part-not-as-said', { name, manifest: MANIFEST }) })
    said.delete(name)
  }
  for (const name of said.keys()) errors.push({ said: say('part-is-missing', { name }) })
  const [first, ...others] = errors
  if (first === undefined) return manifest
  throw new Fault(
    'unreadable-file',
    say('cannot-open', { filename, found: say('changed-or-damaged', { found: first.said }) }),
    {
      errors: [first, ...others.slice(0, 20)],
    },
  )
}

/**
 * What the project holds, if every part of the file has its one use.
 * @throws Fault `unreadable-file` with a pointer to each fault
 */
export function checkContents(filename: string, text: string, parts: readonly PartFacts[]): Contents {
  const contents: Contents = checked(filename, 'contents.json', ContentsSchema, parsed(filename, 'contents.json', text))
  const used = [...contents.files, ...contents.analyses, ...contents.plans].map(({ part }) => part)
  const known = new Set(parts.map(({ name }) => name).filter((name) => name.includes('/')))
  for (const [at, name] of used.entries()) {
    if (!known.has(name)) throw refusal(filename, say('contents-name-missing-part', { name }))
    if (used.indexOf(name) !== at) throw refusal(filename, say('contents-use-part-twice', { name }))
  }
  const unused = [...known].find((name) => !used.includes(name))
  if (unused !== undefined) throw refusal(filename, say('contents-leave-part', { name: unused }))
  const wrong = contents.plans.findIndex(
    ({ analysis, lockedAt }) =>
      (analysis === null && lockedAt === undefined) || (analysis ?? 0) >= Math.max(1, contents.analyses.length),
  )
  if (wrong !== -1) throw refusal(filename, say('plan-without-analysis', { number: wrong + 1 }))
  const open = contents.plans.findIndex(({ lockedAt, lockedBy }) => lockedBy !== undefined && lockedAt === undefined)
  if (open !== -1) throw refusal(filename, say('plan-locked-by-but-open', { number: open + 1 }))
  if (contents.files.filter(({ role }) => role === 'boundaries').length > 1)
    throw refusal(filename, say('several-boundaries', {}))
  return contents
}

/** @throws Fault `unreadable-file` with a pointer to each fault */
export function checkChat(filename: string, text: string): readonly SavedTurn[] {
  return checked(filename, 'chat.json', ChatSchema, parsed(filename, 'chat.json', text))
}

function parsed(filename: string, part: string, text: string): unknown {
  try {
    return JSON.parse(text, refuseProto) as unknown
  } catch (cause) {
    throw refusal(filename, say('part-not-json', { part }), cause)
  }
}

/** A key that changes what an object is, and not what it holds. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new Error('a key that is never accepted')
  return value
}

function checked<Schema extends TSchema>(
  filename: string,
  part: string,
  schema: Schema,
  value: unknown,
): Static<Schema> {
  if (Value.Check(schema, value)) return value
  const [first, ...others] = schemaRefusals(schema, Value.Errors(schema, value))
  const faults = [first ?? { said: say('has-not-form-of-part', {}), pointer: '' }, ...others.slice(0, 20)] as const
  const [{ pointer = '', said }] = faults
  const place = pointer === '' ? say('at-its-top', {}) : pointer
  throw new Fault(
    'unreadable-file',
    say('cannot-open', { filename, found: say('part-unfit', { part, place, refusal: said }) }),
    {
      errors: [faults[0], ...faults.slice(1)],
    },
  )
}

export function refusal(filename: string, found: Said, cause?: unknown): Fault {
  return new Fault('unreadable-file', say('cannot-open', { filename, found }), { errors: [{ said: found }], cause })
}
