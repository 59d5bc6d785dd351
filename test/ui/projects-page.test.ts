import t from 'tap'
import { putBackSignIn } from '../support/earlier-sign-in.ts'
import { stackWithSignIn } from '../support/kept-projects.ts'
import { person } from '../support/client.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, isRanked, openStation, rankedRows, rankSample } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(240_000)

t.test('a person saves, opens, renames, duplicates and deletes projects on the page', async (t) => {
  const stack = await stackWithSignIn(t)
  const browser = await openBrowser(t)
  const { page, faults } = await openPage(t, browser, stack.service.url)
  const projects = page.getByRole('list', { name: 'Your projects' })
  t.notOk(await page.getByRole('heading', { name: 'Your projects' }).isVisible(), 'not for anonymous people')

  await page.goto(`${stack.service.url}/auth/login`)
  await page.getByRole('button', { name: 'Amina Yusuf' }).click()
  await page.getByRole('heading', { name: 'Your projects' }).waitFor()
  await page.getByText('You have not saved a project yet.').waitFor()
  t.ok(await button(page, 'Save as a new project').isDisabled(), 'there is nothing to save yet')
  await rankSample(page)
  const ranked = await rankedRows(page).first().textContent()

  await t.test('saves under a name, and says how long it is kept', async (t) => {
    await openStation(page, 'Data')
    await page.getByLabel('Name of the new project').fill('Kano 2026')
    await button(page, 'Save as a new project').click()
    await projects.getByText('Kano 2026').waitFor()
    t.ok(await page.getByText('kept for 180 days after its last use').isVisible())
    t.ok(await projects.getByText('open here').isVisible())
    await button(page, 'Save Kano 2026').click()
    await page.getByText('Kano 2026 was saved again.').waitFor({ state: 'attached' })
    t.strictSame(await barriers(page), [])
  })

  await t.test('renames and duplicates', async (t) => {
    await button(page, 'Rename Kano 2026').click()
    await page.getByLabel('New name of Kano 2026').fill('Kano <b>final</b>')
    await button(page, 'Keep the name').click()
    await projects.getByText('Kano <b>final</b>').waitFor()
    await button(page, 'Duplicate Kano <b>final</b>').click()
    await projects.getByText('Copy of Kano <b>final</b>').waitFor()
    t.equal(await projects.getByRole('listitem').count(), 2)
  })

  await t.test('opens it in another browser, with the same ranking', async (t) => {
    const { page: other, faults: otherFaults } = await openPage(t, browser, `${stack.service.url}/auth/login`)
    await other.getByRole('button', { name: 'Amina Yusuf' }).click()
    await button(other, 'Open Kano <b>final</b>').click()
    await other.getByText('Kano <b>final</b> is open and verified.').waitFor()
    await openStation(other, 'Results')
    await isRanked(other)
    t.equal(await rankedRows(other).first().textContent(), ranked)
    t.strictSame(otherFaults, [])
  })

  await t.test('deletes it after a question, and asks to sign in again where that is too long ago', async (t) => {
    const remove = async (name: string): Promise<void> => {
      await button(page, `Delete ${name}`).click()
      await page
        .getByRole('dialog', { name: `Delete ${name}?` })
        .getByRole('button', { name: 'Delete' })
        .click()
    }
    await remove('Copy of Kano <b>final</b>')
    await projects.getByText('Copy of Kano <b>final</b>').waitFor({ state: 'detached' })

    const cookies = await page.context().cookies()
    const who = person(t, stack.service.url)
    who.cookie = `session=${cookies.find(({ name }) => name === 'session')?.value ?? ''}`
    await putBackSignIn(t, stack.env, who, 3_600_000)
    await remove('Kano <b>final</b>')
    const question = page.getByRole('dialog', { name: 'Sign in again to delete a project' })
    await question.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByRole('button', { name: 'Amina Yusuf' }).click()
    await projects.getByText('Kano <b>final</b>').waitFor()
    await remove('Kano <b>final</b>')
    await page.getByText('You have not saved a project yet.').waitFor()
    t.strictSame(faults, [])
  })
})
