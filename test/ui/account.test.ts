import t from 'tap'
import { person } from '../support/client.ts'
import { putBackSignIn } from '../support/earlier-sign-in.ts'
import { envFor, redis, s3, secrets, startService } from '../support/parts.ts'
import { provider } from '../support/sign-in.ts'
import { barriers, openBrowser, openPage } from './open-page.ts'
import { button, isRanked, openStation, rankSample } from './workbench.ts'

// A browser on a shared machine needs time.
t.setTimeout(360_000)
const [server, objects, issuer] = await Promise.all([redis(t), s3(t), provider(t)])
const given = secrets()
const service = await startService(t, {
  redis: server,
  s3: objects,
  secrets: given,
  env: issuer.env,
  port: issuer.servicePort,
})
const browser = await openBrowser(t)

t.test('a person signs in with work at hand, sees their sessions, ends the others, and signs out', async (t) => {
  const { page, faults } = await openPage(t, browser, service.url)
  await rankSample(page)
  const leaving = page.getByRole('dialog', { name: 'Go on to the sign-in provider?' })
  await page.getByRole('link', { name: 'Sign in' }).click()
  await leaving.getByRole('button', { name: 'Stay here' }).click()
  await leaving.waitFor({ state: 'hidden' })
  t.equal(new URL(page.url()).origin, service.url, 'who does not go on stays')
  await page.getByRole('link', { name: 'Sign in' }).click()
  t.strictSame(await barriers(page), [])
  await leaving.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Amina Yusuf' }).click()
  const name = page.getByRole('button', { name: 'Amina Yusuf: your sessions' })
  await name.waitFor()
  await openStation(page, 'Results')
  await isRanked(page)
  t.notMatch(page.url(), /code|state/, 'nothing of the sign-in stands in the address')

  const other = await openPage(t, browser, service.url)
  await other.page.getByRole('link', { name: 'Sign in' }).click()
  await button(other.page, 'Go on').click()
  await other.page.getByRole('button', { name: 'Amina Yusuf' }).click()
  await other.page.getByRole('button', { name: 'Amina Yusuf: your sessions' }).waitFor()

  await name.click()
  const sessions = page.getByRole('dialog', { name: 'Your sessions' })
  await sessions.getByRole('row').nth(2).waitFor()
  t.equal(await sessions.getByRole('row').filter({ hasText: 'Linux' }).count(), 2)
  t.strictSame(await barriers(page), [])
  await sessions.getByRole('button', { name: 'End all others' }).click()
  await sessions.getByRole('row').filter({ hasText: 'this one' }).waitFor()
  await sessions.getByRole('row').nth(2).waitFor({ state: 'detached' })
  await other.page.reload()
  await other.page.getByRole('link', { name: 'Sign in' }).waitFor()

  await sessions.getByRole('button', { name: 'Sign out here' }).click()
  await button(page, 'Stay here').click()
  await sessions.getByRole('row').filter({ hasText: 'this one' }).waitFor()
  await sessions.getByRole('button', { name: 'Sign out here' }).click()
  await button(page, 'End and sign out').click()
  await button(page, 'Sign out').click()
  await page.getByRole('link', { name: 'Sign in' }).waitFor()
  t.equal(new URL(page.url()).origin, service.url, 'the provider led back')
  t.strictSame([...faults, ...other.faults], [])
})

t.test('who ends sessions long after signing in is led to sign in again', async (t) => {
  const { page } = await openPage(t, browser, service.url)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await button(page, 'Go on').click()
  await page.getByRole('button', { name: 'Tunde Bello' }).click()
  const name = page.getByRole('button', { name: 'Tunde Bello: your sessions' })
  await name.waitFor()
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'session')
  const who = { ...person(t, service.url), cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}` }
  await putBackSignIn(t, { ...envFor(server, objects, given), ...issuer.env }, who, 6 * 60_000)

  const other = await openPage(t, browser, service.url)
  await other.page.getByRole('link', { name: 'Sign in' }).click()
  await button(other.page, 'Go on').click()
  await other.page.getByRole('button', { name: 'Tunde Bello' }).click()
  await other.page.getByRole('button', { name: 'Tunde Bello: your sessions' }).waitFor()

  await name.click()
  await button(page, 'End all others').click()
  await page.getByRole('dialog', { name: 'Sign in again to end sessions' }).waitFor()
  t.strictSame(await barriers(page), [])
  await button(page, 'Sign in again').click()
  await page.getByRole('button', { name: 'Tunde Bello' }).click()
  await name.click()
  await button(page, 'End all others').click()
  await page.getByRole('row').nth(2).waitFor({ state: 'detached' })
  await other.page.reload()
  await other.page.getByRole('link', { name: 'Sign in' }).waitFor()
})
