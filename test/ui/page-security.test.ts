import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, choose, isRanked, openStation } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
const browser = await openBrowser(t)

t.test('a browser without a protection is told so and is offered nothing', async (t) => {
  for (const [script, says] of [
    ["Object.defineProperty(window, 'isSecureContext', { value: false })", 'HTTPS'],
    ['delete window.SecurityPolicyViolationEvent', 'content security policies'],
    ['delete window.crossOriginIsolated; delete Window.prototype.crossOriginIsolated', 'apart from those'],
    ['delete HTMLScriptElement.prototype.referrerPolicy', 'referrer policies'],
    ["Object.defineProperty(navigator, 'cookieEnabled', { value: false })", 'switched off'],
  ] as const) {
    const context = await browser.newContext()
    await context.addInitScript(script)
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => {
      asked.push(new URL(request.url()).pathname)
    })
    await page.goto(service.url)
    const notice = page.getByRole('alert')
    await notice.waitFor()
    t.match(await notice.innerText(), says)
    t.equal(await notice.getByRole('listitem').count(), 1, 'and nothing else is missing')
    t.equal(await page.locator('input:visible, button:visible').count(), 0, `${says}: nothing can be given or chosen`)
    t.strictSame(
      asked.filter((path) => path.startsWith('/api/') || path === '/sign-in'),
      [],
      `${says}: no session is begun or looked for`,
    )
    t.strictSame(await barriers(page), [])
    await context.close()
  }
})

t.test('a browser that does not start the page says so after a while', async (t) => {
  const context = await browser.newContext()
  await context.route('**/ui/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'this is not' }))
  const page = await context.newPage()
  await page.goto(service.url)
  const told = page.getByText('This page has not started.')
  t.equal(await told.isVisible(), false, 'not while it may still start')
  await told.waitFor({ state: 'visible' })
  await context.close()
  const { page: started } = await openPage(t, browser, service.url)
  await button(started, 'Use the sample').waitFor()
  t.equal(await started.getByText('This page has not started.').count(), 0)
})

t.test('what is chosen is said to be kept as it is, before it is chosen', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  const card = page.locator('#data')
  await card.getByText('They are kept as they are until you end the session').waitFor()
  t.match(await card.innerText(), 'with what their programs wrote into them, such as the name of an author')
  await page.goto(`${service.url}/fr`)
  await card.getByText('Ils sont gardés tels quels jusqu’à la fin de la session').waitFor()
})

/** Every name by which an object can be asked, up to the root of its prototypes. */
const NAMES_OF = `(object) => {
  const names = []
  for (let at = object; at !== null; at = Object.getPrototypeOf(at)) names.push(...Object.getOwnPropertyNames(at))
  return names
}`

t.test('no element takes the place of a property that scripts read', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  // Names that would, if data named elements.
  const hostile = ['createElement', 'getElementById', 'location', 'cookie', 'submit', 'elements', 'body', 'forms']
  const rows = hostile.map(
    (name, at) => `${name},children,${String(((at * 5) % 8) + 0.7)},${String(((at * 3) % 8) + 0.4)}`,
  )
  await choose(page, 'Choose the ward table', {
    name: 'createElement.csv',
    bytes: ['WardName,LGA,tpr,rainfall', ...rows].join('\n'),
  })
  await button(page, 'Go on to the indicators').click()
  await button(page, 'Rank the wards').click()
  await isRanked(page, hostile.length)
  const check = async (): Promise<unknown> =>
    page.evaluate(`(() => {
      const namesOf = ${NAMES_OF}
      const ofDocument = new Set(namesOf(document.implementation.createHTMLDocument()))
      const ofForms = new Set(namesOf(document.createElement('form')))
      const controls = 'form :is(button, fieldset, input, object, output, select, textarea, img)'
      const embedded = 'embed, form, iframe, img, object'
      const named = (elements) => [...elements].flatMap((element) => [element.id, element.getAttribute('name') ?? ''])
      return {
        inForms: named(document.querySelectorAll(controls)).filter((name) => ofForms.has(name)),
        inDocument: named(document.querySelectorAll(embedded)).filter((name) => ofDocument.has(name)),
        twice: named(document.querySelectorAll('[id]'))
          .filter((name, at, all) => name !== '' && all.indexOf(name) !== at),
        ids: document.querySelectorAll('[id]').length > 50,
      }
    })()`)
  const nothing = { inForms: [], inDocument: [], twice: [], ids: true }
  for (const station of ['Data', 'Indicators', 'Results', 'Nets', 'Ask'] as const) {
    await openStation(page, station)
    t.strictSame(await check(), nothing, station)
  }
  t.strictSame(faults, [])
  await page.evaluate(
    `document.querySelector('form').append(Object.assign(document.createElement('input'), { id: 'submit' }))`,
  )
  t.match(await check(), { inForms: ['submit'] }, 'an element that did would be found')
})
