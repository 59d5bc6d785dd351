import { enqueueProjectErasure } from './erasures.ts'
import { eraseVersions, type Bucket } from './objects.ts'
import { DELETED, listedProjects, manifestName, type ListedProject } from './project-listing.ts'
import { MOST_MANIFEST_BYTES } from './project-manifest.ts'
import { peopleWithProjects, projectObjects, PROJECTS_PREFIX, type ProjectObjects } from './project-objects.ts'
import { luaScript, type RedisConnection } from './redis.ts'

const PLACE = /^[A-Za-z0-9_-]{43}\/[A-Za-z0-9_-]{40}$/
const PERSON = /^[A-Za-z0-9_-]{43}$/
const DAY_MS = 86_400_000
const SWEEP = 'sweep:projects'
/**
 * From one round to the next. With the time until a task asks again and until the second deletion of a project, less
 * than a day: what a deletion that broke off has left is gone within 24 hours.
 */
const ROUND_MS = 23 * 3_600_000
/** Shorter than the time between two deletions of one project in the queue, so that the second takes the mark along. */
const MARK_MS = 10 * 60_000
/** No request lasts as long: what is older and has no place in a project was left behind. */
const LEFT_BEHIND_MS = DAY_MS

/** While the mark is there, a round has begun: several tasks make one round. */
const BEGIN = luaScript(
  `
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return {tag, 'done'} end
return {tag, 'begin'}`,
  'write',
)
const GIVE_UP = luaScript("redis.call('DEL', KEYS[1]) return {tag}", 'whenFull')

/**
 * Deletes every version of every object of a project whose deletion has begun. Its mark stays for ten minutes, so that
 * a write that is under way cannot bring the project back.
 * @param place `{personId}/{projectId}`, since a queue asks for it and not a request
 */
export async function eraseProject(bucket: Bucket, place: string, now: () => number = Date.now): Promise<void> {
  if (!PLACE.test(place)) throw new Error('Cannot erase: the queue holds no place of a project')
  const mark = `${PROJECTS_PREFIX}${place}/${DELETED}`
  await eraseVersions(
    bucket,
    `${PROJECTS_PREFIX}${place}/`,
    ({ Key, LastModified }) => Key !== mark || (LastModified?.getTime() ?? 0) < now() - MARK_MS,
  )
}

/**
 * Deletes every version of every object of all projects of a person.
 * @param personId as it stands in `Person`
 */
export async function eraseProjectsOf(bucket: Bucket, personId: string): Promise<void> {
  if (!PERSON.test(personId)) throw new Error('Cannot erase: this is not the id of a person')
  await eraseVersions(bucket, folderOf(personId), () => true)
}

/**
 * How many projects a person has.
 * @param personId as it stands in `Person`
 */
export async function projectsHeldBy(bucket: Bucket, personId: string): Promise<number> {
  const objects = projectObjects(bucket, () => folderOf(personId))
  return listedProjects(await objects.list('')).filter(({ isDeleted }) => !isDeleted).length
}

export interface SweepOptions {
  readonly redis: RedisConnection
  readonly bucket: Bucket
  /** How long a project is kept after its last use. */
  readonly keepMs: number
  readonly now: () => number
}

/**
 * About once a day, on one of the tasks: queues the deletion of projects that were not used for too long, carries on
 * deletions that broke off, and removes what saves that broke off have left behind. It goes by names and dates alone
 * and opens nothing.
 * @returns how many projects have come to their end; null when another task made the round
 */
export async function sweepProjects(options: SweepOptions): Promise<number | null> {
  const [outcome] = await options.redis.run(BEGIN, [SWEEP], [ROUND_MS])
  if (outcome?.toString() !== 'begin') return null
  try {
    return await sweepNow(options)
  } catch (error) {
    await options.redis.run(GIVE_UP, [SWEEP], [])
    throw error
  }
}

async function sweepNow(options: SweepOptions): Promise<number> {
  let ended = 0
  for (const personId of await peopleWithProjects(options.bucket)) {
    const objects = projectObjects(options.bucket, () => folderOf(personId))
    for (const project of listedProjects(await objects.list('')))
      if (await endIfDue(options, objects, personId, project)) ended += 1
  }
  return ended
}

/** Whether the project has come to its end just now. */
async function endIfDue(
  { redis, bucket, keepMs, now }: SweepOptions,
  objects: ProjectObjects,
  personId: string,
  project: ListedProject,
): Promise<boolean> {
  const { id, versions, usedAt, writtenAt, isDeleted } = project
  const isLeft = versions.length === 0 && Math.max(usedAt, writtenAt) < now() - LEFT_BEHIND_MS
  const isUnused = versions.length > 0 && usedAt < now() - keepMs
  if (!isDeleted && !isLeft && !isUnused) {
    if (writtenAt < now() - LEFT_BEHIND_MS) await tidy(bucket, objects, folderOf(personId), project)
    return false
  }
  if (!isDeleted) await objects.put(`${id}/${DELETED}`, Buffer.alloc(0), { ownerTag: '' })
  await enqueueProjectErasure(redis, `${personId}/${id}`)
  return isUnused && !isDeleted
}

/** Removes earlier versions and contents that the present version does not name. */
async function tidy(
  bucket: Bucket,
  objects: ProjectObjects,
  folder: string,
  { id, versions, saves }: ListedProject,
): Promise<void> {
  const present = versions.at(-1)
  if (present === undefined || (versions.length < 2 && saves.length < 2)) return
  const manifest = await objects.get(`${id}/${manifestName(present)}`, MOST_MANIFEST_BYTES)
  if (manifest?.save === undefined) return
  for (const version of versions.slice(0, -1))
    await eraseVersions(bucket, `${folder}${id}/${manifestName(version)}`, () => true)
  for (const save of saves)
    if (save !== manifest.save) await eraseVersions(bucket, `${folder}${id}/${save}/`, () => true)
}

function folderOf(personId: string): string {
  return `${PROJECTS_PREFIX}${personId}/`
}
