import { readFileSync } from 'node:fs'
import { tamburi, kano } from './test/paraphrases/state-data.ts'
import { sample } from './test/answers/data-sets.ts'
const s = await tamburi(), k = await kano(), sm = await sample()
for (const line of readFileSync(process.argv[2]!, 'utf8').split('\n')) {
  if (line.trim() === '') continue
  let [which, ...rest] = line.split(':'); let parts = rest.join(':').split('>>')
  const c = (which === 'k' ? k.ranked : which === 'f' ? s.fresh : which === 'm' ? sm.conversation : s.ranked).again()
  let r; for (const p of parts) { try { r = c.say(p.trim()) } catch (e) { r = {kind:'THROW', calls:[], text:String(e), options:[], tables:[]} } }
  console.log(`${line}\n   ${r!.kind} ${JSON.stringify(r!.calls)} ${r!.text.slice(0, 330)} ${JSON.stringify(r!.options)} ${JSON.stringify(r!.tables[0]?.rows.slice(0,2))?.slice(0,200)}`)
}
