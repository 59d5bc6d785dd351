import { waitingFor } from './waiting.ts'

/** Whether the form is working. If so, it does not take a second request. */
export function isWorking(form: Element): boolean {
  return form.querySelector('[aria-busy=true]') !== null
}

/**
 * Says at the button of a form that its work is running.
 * @param onCancel gives the work up; without it, there is no button for that
 * @throws what the work throws
 */
export async function working<T>(
  form: Element,
  text: string,
  work: () => Promise<T>,
  onCancel?: () => void,
): Promise<T> {
  const submit = form.querySelector('button[type=submit]')
  const waiting = waitingFor(text, { onCancel })
  submit?.setAttribute('aria-busy', 'true')
  submit?.after(waiting.view)
  try {
    return await work()
  } finally {
    submit?.removeAttribute('aria-busy')
    waiting.end()
  }
}
