import type { InventedPerson } from './people.ts'

/** The provider's page: one button a person, no password. */
export function choosePage(uid: string, people: readonly InventedPerson[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8"><title>Local sign-in</title>',
    '<meta name="viewport" content="width=device-width">',
    '<h1>Sign in as an invented person</h1>',
    '<p>This provider runs on your machine for trying out sign-in. It asks for no password.</p>',
    `<form method="post" action="/interaction/${encodeURIComponent(uid)}">`,
    ...people.map(({ id, name }) => `<p><button name="person" value="${id}">${name}</button></p>`),
    '</form>',
    '</html>',
  ].join('\n')
}

/** The provider's page that asks whether to sign out there too; `form` is the provider's own. */
export function signOutPage(form: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8"><title>Local sign-out</title>',
    '<h1>Sign out at the local provider?</h1>',
    form,
    '<p><button type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button>',
    '<button type="submit" form="op.logoutForm">Stay signed in there</button></p>',
    '</html>',
  ].join('\n')
}
