import { h } from '../dom.ts'

/** Whether the form is working. If so, it does not take a second request. */
export function isWorking(form: Element): boolean {
  return form.querySelector('[aria-busy=true]') !== null
}

/**
 * Says at the button of a form that its work is running.
 * @throws what the work throws
 */
export async function working<T>(form: Element, text: string, work: () => Promise<T>): Promise<T> {
  const submit = form.querySelector('button[type=submit]')
  const said = h('span', { class: 'busy', role: 'status' }, text)
  submit?.setAttribute('aria-busy', 'true')
  submit?.after(said)
  try {
    return await work()
  } finally {
    submit?.removeAttribute('aria-busy')
    said.remove()
  }
}
