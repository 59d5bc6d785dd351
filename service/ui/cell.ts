/** A value that views watch. */
export interface Cell<T> {
  readonly value: T
  /** Replaces the value and tells every watcher, unless it is the same. */
  set(value: T): void
  /** Calls `seen` with the value as it is, and again after every change. */
  watch(seen: (value: T) => void): void
}

export function cell<T>(first: T): Cell<T> {
  let value = first
  const watchers: ((value: T) => void)[] = []
  return {
    get value() {
      return value
    },
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const seen of watchers) seen(next)
    },
    watch(seen) {
      watchers.push(seen)
      seen(value)
    },
  }
}

/** Calls `seen` now and after a change of any of the cells: once for all changes of one turn of the event loop. */
export function watchAll(cells: readonly Pick<Cell<unknown>, 'watch'>[], seen: () => void): void {
  let isDue = true
  const run = (): void => {
    isDue = false
    seen()
  }
  for (const each of cells)
    each.watch(() => {
      if (isDue) return
      isDue = true
      queueMicrotask(run)
    })
  run()
}
