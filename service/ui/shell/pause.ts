/**
 * Resolves after some time, so that of many changes in a row only the last is asked about.
 * @throws DOMException `AbortError` when another change came meanwhile
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(new DOMException('There was another change', 'AbortError'))
    })
  })
}
