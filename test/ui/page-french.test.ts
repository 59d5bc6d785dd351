import t from 'tap'
import { redis, s3, startService } from '../support/parts.ts'
import { words as english } from '../../service/ui/words/en.ts'
import { page as englishPage } from '../../service/ui/words/en/page.ts'
import { words as french } from '../../service/ui/words/fr.ts'
import { page as frenchPage } from '../../service/ui/words/fr/page.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, openStation } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(240_000)
const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
const browser = await openBrowser(t)

/** A text shorter than this may also be a word of the data or of French. */
const LEAST_LETTERS = 11

/** The fixed texts of a catalogue, by the way that leads to them. */
function* textsOf(texts: object, way = ''): Generator<readonly [way: string, text: string]> {
  for (const [name, text] of Object.entries(texts) as [string, unknown][]) {
    if (typeof text === 'string') yield [`${way}.${name}`, text]
    else if (typeof text === 'object' && text !== null) yield* textsOf(text, `${way}.${name}`)
  }
}

const inFrench = new Map([...textsOf(french), ...textsOf(frenchPage, 'page')])
/** English texts that a French page must not show. */
const foreign = [...textsOf(english), ...textsOf(englishPage, 'page')].filter(
  ([way, text]) => text.length >= LEAST_LETTERS && inFrench.get(way) !== text && way !== 'page.otherName',
)

t.test(
  'the page in French leads from the sample to a plan, shows no English of its own, and has no barrier',
  async (t) => {
    t.ok(foreign.length > 200, `${String(foreign.length)} texts`)
    const { page, faults } = await openPage(t, browser, service.url)
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
    await page.reload()
    await page.getByRole('heading', { level: 2, name: 'Data' }).waitFor()
    t.notOk(
      loaded.some((path) => path.includes('app-fr')),
      'French is not loaded before it is chosen',
    )
    await openStation(page, 'Indicators')
    await page.getByRole('link', { name: 'Français (ébauche)' }).click()
    await page.getByRole('heading', { level: 2, name: 'Indicateurs' }).waitFor()
    t.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/fr#indicators', 'the station stays open')
    t.equal(await page.evaluate('document.documentElement.lang'), 'fr')

    const station = (name: string) => page.getByRole('navigation', { name: 'Étapes' }).getByRole('link', { name })
    const isFrench = async (what: string): Promise<void> => {
      const shown = await page.evaluate<string>(`{
      const own = document.body.cloneNode(true)
      for (const other of own.querySelectorAll('[lang], noscript')) other.remove()
      own.textContent
    }`)
      t.strictSame(
        foreign.filter(([, text]) => shown.includes(text)),
        [],
        what,
      )
      t.strictSame(await barriers(page), [], what)
    }
    await station('Données').click()
    await button(page, 'Utiliser l’exemple').click()
    await button(page, 'Continuer avec les indicateurs').click()
    await isFrench('indicators')
    await button(page, 'Classer les aires').click()
    const ranking = page.getByRole('region', { name: 'Classement des aires' })
    await ranking.locator('tbody tr:not(.spacer)').first().getByRole('button').click()
    await page.getByRole('region', { name: /^Indicateurs de / }).waitFor()
    await isFrench('results')
    await station('Moustiquaires').click()
    await page.getByLabel('Moustiquaires en stock', { exact: true }).fill('20000')
    await page.getByText(/ moustiquaires sur 20,000 vont à \d+ aires/).waitFor()
    await isFrench('nets')
    await station('Données').click()
    await isFrench('data')

    t.strictSame(
      await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]'),
      [0, 0, ''],
      'the choice is kept in the address alone',
    )
    await page.reload()
    await page.getByRole('heading', { level: 2, name: 'Données' }).waitFor()
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('heading', { level: 2, name: 'Data', exact: true }).waitFor()
    await openStation(page, 'Results')
    await page.getByRole('region', { name: 'Ranking of wards' }).waitFor()
    t.strictSame(faults, [])
  },
)

t.test('a question about a file and what was found in it are in French, and the answer is taken', async (t) => {
  const { page, faults } = await openPage(t, browser, `${service.url}/fr`)
  const rows = Array.from({ length: 12 }, (_, at) => {
    const rainfall = at % 5 === 0 ? -9999 : 800 + at
    return `Ward${String.fromCharCode(65 + at)},Dala,${String(rainfall)},${String(30 - at)},${String(at + 1)}`
  })
  await page.getByLabel('Choisir le tableau des aires').setInputFiles({
    name: 'wards.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['WardName,LGA,rainfall,tpr,S/N', ',,,,', ...rows].join('\n')),
  })
  const question = page.getByRole('group', { name: 'Questions sur le fichier' })
  await question
    .getByText('-9999 se trouve dans "rainfall" (WardA (ligne 3), WardF (ligne 8), WardK (ligne 13))')
    .waitFor()
  t.equal(await question.locator('[lang=en]').count(), 0, 'nothing of it is English')
  t.strictSame(await barriers(page), [])
  await button(page, '-9999 veut dire manquant : compléter comme toute lacune').click()
  await question.waitFor({ state: 'detached' })
  await page.getByText('1 question avec réponse').waitFor()
  await page.getByText(/^Qualité des données/).click()
  const found = page.getByRole('listitem')
  await found.filter({ hasText: /^Les lignes vides ont été laissées de côté\. \(ligne 2\)$/ }).waitFor()
  await found.getByText('"S/N" n’est pas un indicateur : elle numérote les lignes.').waitFor()
  const answered = found.filter({ hasText: /^-9999 se trouve dans "rainfall" / })
  const text = (await answered.textContent()) ?? ''
  t.match(text, /ou a-t-on mesuré cette valeur \? Vous avez choisi : -9999 veut dire manquant : [^.]* lacune\.$/)
  t.equal(await answered.locator('[lang=en]').count(), 0, 'nothing of it is English')
  t.strictSame(await barriers(page), [])
  t.strictSame(faults, [])
})

t.test('an error is told in French, with its entries', async (t) => {
  const { page, faults } = await openPage(t, browser, `${service.url}/fr`)
  await page.getByLabel('Choisir le tableau des aires').setInputFiles({
    name: 'wards.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('WardName,LGA,rainfall\nWard A,Dala\nWard B,Dala,Infinity\nWard C,Dala,3\n'),
  })
  const notice = page.getByRole('alert').filter({ hasText: 'Impossible de lire wards.csv' })
  await notice
    .getByText('Impossible de lire wards.csv : 2 de ses cellules ou de ses lignes ne peuvent pas être utilisées')
    .waitFor()
  t.strictSame(await notice.getByRole('listitem').allTextContents(), [
    'ligne 2: la ligne 2 a 2 colonnes alors que l’en-tête en a 3',
    'ligne 3, colonne 3: "rainfall" contient "Infinity", qui n’est pas un nombre fini',
  ])
  t.equal(await notice.locator('[lang=en]').count(), 0, 'nothing of it is English')
  t.strictSame(await barriers(page), [])
  t.strictSame(faults, [])
})
