import { byId, fill, h } from '../dom.ts'
import { words } from '../words/en.ts'

/** What protects a person's data in the browser, as far as a page can see whether the browser has it. */
const FEATURES: Readonly<Record<keyof typeof words.shell.features, () => boolean>> = {
  secureContext: () => isSecureContext,
  contentPolicy: () => 'SecurityPolicyViolationEvent' in globalThis,
  openerPolicy: () => 'crossOriginIsolated' in globalThis,
  referrerPolicy: () => 'referrerPolicy' in HTMLScriptElement.prototype,
  cookies: () => navigator.cookieEnabled,
}

/**
 * Whether this browser may be used. In one that lacks a protection the page says which, and offers nothing: no session
 * is begun and no file is chosen.
 */
export function isBrowserFit(): boolean {
  const lacking = (Object.keys(FEATURES) as (keyof typeof FEATURES)[]).filter((feature) => !FEATURES[feature]())
  byId('not-started', HTMLElement).remove()
  if (lacking.length === 0) return true
  const { unfit, features } = words.shell
  fill(
    byId('page-problems', HTMLElement),
    h(
      'div',
      { class: 'notice', role: 'alert', id: 'unfit-browser' },
      h('p', {}, unfit),
      h('ul', {}, ...lacking.map((feature) => h('li', {}, features[feature]))),
    ),
  )
  for (const part of ['work', 'account', 'stations']) byId(part, HTMLElement).hidden = true
  return false
}
