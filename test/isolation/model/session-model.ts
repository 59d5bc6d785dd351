/** A file as its owner knows it. */
export interface ModelFile {
  readonly id: string
  readonly role: 'wards' | 'boundaries'
  /** It is in the file's name and, for a ward table, the LGA of every ward but one. */
  readonly edition: string
  readonly isReady: boolean
}

/** A result, and the data it was made from. */
export interface ModelResult {
  readonly id: string
  readonly version: number
  readonly edition: string
}

/** Everything in one person's session, as the service's contract describes it. */
export interface ModelSession {
  readonly isAlive: boolean
  readonly id: string
  readonly version: number
  readonly files: readonly ModelFile[]
  readonly analyses: readonly ModelResult[]
  readonly plans: readonly ModelResult[]
  readonly exports: readonly ModelResult[]
}

/** The LGA that all tables of a person have in common. */
export const COMMON_LGA = 'Common'

export const NO_SESSION: ModelSession = {
  isAlive: false,
  id: '',
  version: 0,
  files: [],
  analyses: [],
  plans: [],
  exports: [],
}

/** One request with its reply. */
export interface ModelEvent {
  readonly what: keyof typeof EFFECTS
  /** The file or the result that it names. */
  readonly id?: string
  readonly file?: Pick<ModelFile, 'role' | 'edition'>
  readonly status: number
  readonly problem: string | undefined
  readonly json: unknown
  readonly begin: number
  readonly end: number
  /** Refusals without an effect that only a rival at the same time explains. */
  readonly excuses: readonly string[]
}

/** The session once an event has happened, or what is wrong with its reply. */
type Effect = (session: ModelSession, event: ModelEvent) => ModelSession | string

/** The session after an event; a text where the reply does not fit. */
export function after(session: ModelSession, event: ModelEvent): ModelSession | string {
  if (event.problem !== undefined && event.excuses.includes(event.problem)) return session
  if (!session.isAlive && event.what !== 'start' && event.what !== 'end')
    return told(event, 401, 'no-session') ?? session
  return EFFECTS[event.what](session, event)
}

/**
 * All states that a session may be in after the events of two requests side by side, each in its own order; an event
 * that had ended before another began comes first. Where no order fits, a text: what is wrong in the last order tried.
 */
export function afterBoth(
  session: ModelSession,
  one: readonly ModelEvent[],
  other: readonly ModelEvent[],
): readonly ModelSession[] | string {
  const [first, ...rest] = one
  const [second, ...remaining] = other
  if (first === undefined && second === undefined) return [session]
  const found: ModelSession[] = []
  let wrong = ''
  const follow = (event: ModelEvent, own: readonly ModelEvent[], rival: readonly ModelEvent[]): void => {
    const next = after(session, event)
    const ends = typeof next === 'string' ? next : afterBoth(next, own, rival)
    if (typeof ends === 'string') wrong = ends
    else found.push(...ends)
  }
  if (first !== undefined && !(second !== undefined && second.end < first.begin)) follow(first, rest, other)
  if (second !== undefined && !(first !== undefined && first.end < second.begin)) follow(second, one, remaining)
  return found.length > 0 ? found : wrong
}

const EFFECTS = {
  start: (session, event) => {
    const wrong = told(event, session.isAlive ? 200 : 201)
    const { id } = (event.json as { session: { id: string } }).session
    if (wrong !== undefined) return wrong
    if (session.isAlive) return same(id, session.id, 'the session') ?? session
    return { ...NO_SESSION, isAlive: true, id }
  },
  look: (session, event) =>
    told(event, 200) ??
    same((event.json as { session: { id: string } }).session.id, session.id, 'the session') ??
    session,
  end: (_session, event) => told(event, 204) ?? NO_SESSION,
  announce: (session, event) => {
    const wrong = told(event, 201)
    if (wrong !== undefined || event.file === undefined) return wrong ?? 'nothing was announced'
    return {
      ...session,
      files: [
        ...session.files,
        { ...event.file, id: (event.json as { file: { id: string } }).file.id, isReady: false },
      ],
    }
  },
  complete: (session, event) => {
    const file = session.files.find(({ id }) => id === event.id)
    if (file === undefined) return told(event, 404, 'not-found') ?? session
    const others = session.files.filter((other) => other !== file && (other.role !== file.role || !other.isReady))
    return (
      told(event, 200) ?? { ...session, files: [...others, { ...file, isReady: true }], version: session.version + 1 }
    )
  },
  remove: (session, event) => {
    const file = session.files.find(({ id }) => id === event.id)
    if (file === undefined) return told(event, 404, 'not-found') ?? session
    return (
      told(event, 204) ?? {
        ...session,
        files: session.files.filter((other) => other !== file),
        version: session.version + (file.isReady ? 1 : 0),
      }
    )
  },
  listFiles: (session, event) => {
    const wrong = told(event, 200)
    if (wrong !== undefined) return wrong
    const shown = (event.json as { files: { id: string; state: string }[] }).files.map(
      ({ id, state }) => `${id} ${state}`,
    )
    return (
      same(
        shown.sort().join(),
        session.files
          .map(({ id, isReady }) => `${id} ${isReady ? 'ready' : 'awaiting-upload'}`)
          .sort()
          .join(),
        'the files',
      ) ?? session
    )
  },
  settle: (session, event) => {
    if (currentOf(session, 'wards') === undefined || currentOf(session, 'boundaries') === undefined)
      return told(event, 409, 'no-data') ?? session
    return told(event, 200) ?? { ...session, version: session.version + 1 }
  },
  analyse: (session, event) => {
    const wards = currentOf(session, 'wards')
    if (wards === undefined) return told(event, 409, 'no-data') ?? session
    const wrong = told(event, 201)
    if (wrong !== undefined) return wrong
    const { analysis } = event.json as { analysis: AnalysisView }
    const made = { id: analysis.id, version: session.version, edition: wards.edition }
    return wrongAnalysis(session, analysis, made) ?? { ...session, analyses: [...session.analyses, made] }
  },
  readAnalysis: (session, event) => {
    const made = session.analyses.find(({ id }) => id === event.id)
    if (made === undefined) return told(event, 404, 'not-found') ?? session
    return (
      told(event, 200) ?? wrongAnalysis(session, (event.json as { analysis: AnalysisView }).analysis, made) ?? session
    )
  },
  listAnalyses: (session, event) => wrongList(session, event, 'analyses') ?? session,
  plan: (session, event) => derived(session, event, (json) => (json as { plan: { id: string } }).plan.id, 'plans'),
  listPlans: (session, event) => wrongList(session, event, 'plans') ?? session,
  export: (session, event) =>
    derived(session, event, (json) => (json as { export: { id: string } }).export.id, 'exports'),
  listExports: (session, event) => wrongList(session, event, 'exports') ?? session,
  /** Somebody else's id, in any place. */
  steal: (session, event) => told(event, 404, 'not-found') ?? session,
} as const satisfies Record<string, Effect>

interface AnalysisView {
  readonly id: string
  readonly stale: boolean
  readonly datasetVersion: number
  readonly wards: readonly { readonly lga: string }[]
}

function derived(
  session: ModelSession,
  event: ModelEvent,
  idOf: (json: unknown) => string,
  list: 'plans' | 'exports',
): ModelSession | string {
  const from = session.analyses.find(({ id }) => id === event.id)
  if (from === undefined) return told(event, 404, 'not-found') ?? session
  if (from.version !== session.version) return told(event, 409, 'stale') ?? session
  return told(event, 201) ?? { ...session, [list]: [...session[list], { ...from, id: idOf(event.json) }] }
}

function wrongAnalysis(session: ModelSession, shown: AnalysisView, made: ModelResult): string | undefined {
  const lgas = new Set(shown.wards.map(({ lga }) => lga).filter((lga) => lga !== COMMON_LGA))
  return (
    same(shown.datasetVersion, made.version, 'the version of the data') ??
    same(shown.stale, made.version !== session.version, 'whether it is stale') ??
    same([...lgas].join(), made.edition, 'the table it was made of')
  )
}

/** Newest first, each with whether it is stale. */
function wrongList(
  session: ModelSession,
  event: ModelEvent,
  list: 'analyses' | 'plans' | 'exports',
): string | undefined {
  const wrong = told(event, 200)
  if (wrong !== undefined) return wrong
  const shown = (event.json as Record<string, { id: string; stale: boolean }[]>)[list] ?? []
  const should = [...session[list]].reverse().map(({ id, version }) => `${id} ${String(version !== session.version)}`)
  return same(
    shown.map(({ id, stale }) => `${id} ${String(stale)}`).join(),
    should.join(),
    `the ${list}, and whether they are stale,`,
  )
}

function currentOf({ files }: ModelSession, role: ModelFile['role']): ModelFile | undefined {
  return files.find((file) => file.role === role && file.isReady)
}

function told({ status, problem }: ModelEvent, right: number, kind?: string): string | undefined {
  return status === right && problem === kind
    ? undefined
    : `${String(status)} ${problem ?? ''} where ${String(right)} ${kind ?? ''} is right`
}

function same(shown: unknown, right: unknown, what: string): string | undefined {
  return shown === right ? undefined : `${what} is told as "${String(shown)}" where "${String(right)}" is right`
}
