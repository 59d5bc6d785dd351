import { strToU8, unzipSync, zipSync } from 'fflate'
import t from 'tap'
import { square } from '../support/boundary-files.ts'
import { canary, person, repeated, tryFile } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { saveProjectFile } from '../support/project-file.ts'
import { shapefileZip } from '../support/shapefile.ts'
import { xlsx } from '../support/spreadsheets.ts'
import { EXPORT_KINDS } from '../../service/domain/exports/kinds.ts'

const WARDS = 12

/** A workbook of wards with the properties that programs write into one. */
function workbookBy(author: string): Uint8Array {
  const rows = Array.from({ length: WARDS }, (_, at) => [
    `Ward ${String(at)}`,
    ((at * 5) % 12) + 0.3,
    ((at * 7) % 12) + 0.6,
    1_000 + at,
  ])
  const parts = unzipSync(xlsx([{ name: 'Wards', rows: [['WardName', 'tpr', 'rainfall', 'population'], ...rows] }]))
  const core =
    '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties ' +
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    `xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${author}</dc:creator>` +
    `<cp:lastModifiedBy>${author}</cp:lastModifiedBy></cp:coreProperties>`
  return zipSync({ ...parts, 'docProps/core.xml': strToU8(core) })
}

/** The bytes of a file, and of every file in it when it is a ZIP. */
function textsOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1')
  return text.startsWith('PK') ? [text, ...Object.values(unzipSync(bytes)).flatMap(textsOf)] : [text]
}

t.setTimeout(120_000)
t.test('what a program writes into a workbook beside its cells goes into nothing that is made of it', async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const who = person(t, url)
  await who.start()
  const author = canary()
  const { completed } = await tryFile(who, 'wards', 'wards.xlsx', workbookBy(author))
  t.equal(completed.status, 200, completed.text)
  const outlines = Array.from({ length: WARDS }, (_, at) => ({
    attributes: { WardName: `Ward ${String(at)}` },
    polygons: [[square(3 + at, 7)]],
  }))
  t.equal((await tryFile(who, 'boundaries', 'wards.zip', shapefileZip(outlines))).completed.status, 200)
  const { analysis } = (await repeated(() => who.post('/api/analyses', {}))).json<{ analysis: { id: string } }>()
  const planned = await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 5_000 })
  t.equal(planned.status, 201, planned.text.slice(0, 300))
  const { plan } = planned.json<{ plan: { id: string } }>()
  const shown = ['/api/files', '/api/dataset', '/api/analyses', `/api/analyses/${analysis.id}`]
  for (const path of shown) t.notMatch((await who.get(path)).text, author, path)
  t.notMatch((await who.post('/api/chat', { message: 'What data are there?' })).text, author, 'the chat')
  for (const kind of EXPORT_KINDS) {
    const withPlan = await who.post('/api/exports', { kind, planId: plan.id })
    const reply = withPlan.status === 201 ? withPlan : await who.post('/api/exports', { kind, analysisId: analysis.id })
    t.equal(reply.status, 201, `${kind}: ${reply.text.slice(0, 300)}`)
    const { download } = reply.json<{ download: { url: string } }>()
    const texts = textsOf(new Uint8Array(await (await fetch(download.url)).arrayBuffer()))
    t.ok(
      texts.every((text) => !text.includes(author)),
      `${kind} does not have it`,
    )
  }
  const project = await saveProjectFile(who)
  t.ok(
    textsOf(project.bytes).some((text) => text.includes(author)),
    'a project file holds the workbook as it was given, and the search would find the name',
  )
})
