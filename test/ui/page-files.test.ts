import { readdir, readFile } from 'node:fs/promises'
import t from 'tap'
import { readPage } from '../../service/http/page-files.ts'

const UI = new URL('../../service/ui/', import.meta.url)

t.test('readPage() holds the page, its modules and the sample, byte for byte, and no other file', async (t) => {
  const page = readPage()
  const modules = (await readdir(UI)).filter((name) => name.endsWith('.js'))
  t.strictSame(
    [...page.keys()].sort(),
    ['/', '/ui/app.css', ...modules.map((name) => `/ui/${name}`), '/sample/boundaries.zip', '/sample/wards.csv'].sort(),
  )
  t.equal(page.get('/')?.type, 'text/html; charset=utf-8')
  t.same(page.get('/ui/app.js'), {
    type: 'text/javascript; charset=utf-8',
    body: await readFile(new URL('app.js', UI)),
  })
})

t.test(
  'the page holds nothing that a strict content policy refuses, and every module it names is served',
  async (t) => {
    const page = readPage()
    const html = String(page.get('/')?.body)
    t.notMatch(html, /\sstyle=|<style|\son[a-z]+=|<script>|javascript:/, 'no inline style, script or handler')
    for (const [name, { body }] of page) {
      if (!name.endsWith('.js')) continue
      t.notMatch(
        String(body),
        /\.innerHTML|insertAdjacentHTML|document\.write|\beval\(|localStorage|sessionStorage|\.style\b/,
        `${name} writes no markup and keeps nothing`,
      )
      for (const [, wanted = ''] of String(body).matchAll(/^import .* from '\.\/([^']+)'/gm))
        t.ok(page.has(`/ui/${wanted}`), `${name} finds ${wanted}`)
    }
    for (const [, wanted = ''] of html.matchAll(/(?:src|href)="(\/(?:ui|sample)\/[^"]+)"/g))
      t.ok(page.has(wanted), `/ finds ${wanted}`)
  },
)
