import { announce, postUpload, repeated, type Person, type Reply } from './client.ts'

/** What a reply says of a project file that was opened. */
export interface OpenedProject {
  readonly verified: boolean
  readonly why: string | null
  readonly differences: readonly {
    readonly of: string
    readonly ward: string | null
    readonly figure: string
    readonly recorded: string
    readonly recomputed: string
  }[]
  readonly differencesInAll: number
  readonly leftOut: readonly string[]
}

/** Saves somebody's session as a project file. Gives its bytes and the name it is downloaded under. */
export async function saveProjectFile(
  who: Person,
  options: { readonly chat?: boolean } = {},
): Promise<{ bytes: Buffer; name: string }> {
  const reply = await repeated(() => who.post('/api/exports', { kind: 'project.zip', ...options }))
  if (reply.status !== 201) throw new Error(`Not saved: ${String(reply.status)} ${reply.text}`)
  const download = await fetch(reply.json<{ download: { url: string } }>().download.url)
  const bytes = Buffer.from(await download.arrayBuffer())
  return { bytes, name: /filename="([^"]*)"/.exec(download.headers.get('content-disposition') ?? '')?.[1] ?? '' }
}

/** Announces and uploads a project file. Gives the id of its slot. */
export async function uploadProjectFile(
  who: Person,
  bytes: Uint8Array,
  filename = 'kano.chatmrpt.zip',
): Promise<string> {
  const announced = await announce(who, 'project', filename, bytes.length)
  const stored = await postUpload(announced, bytes)
  if (stored !== 204) throw new Error(`Not uploaded: ${String(stored)}`)
  return announced.file.id
}

/** Uploads a project file and asks for it to be opened. Gives the reply to that. */
export async function openProjectFile(who: Person, bytes: Uint8Array, filename?: string): Promise<Reply> {
  const id = await uploadProjectFile(who, bytes, filename)
  return await repeated(() => who.post(`/api/files/${id}/complete`))
}
