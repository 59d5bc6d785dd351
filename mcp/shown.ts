/** The most items of one list; the rest is counted. Rows of queries have a limit of their own. */
const MOST_ITEMS = 200

/**
 * What of a reply goes to a client: everything but ids, which lead to nothing there, and all but the first items of
 * long lists.
 */
export function shown(reply: unknown, mostItems = MOST_ITEMS): unknown {
  if (Array.isArray(reply)) {
    const items = (reply as unknown[]).slice(0, mostItems).map((item) => shown(item, mostItems))
    return reply.length > mostItems ? [...items, `and ${String(reply.length - mostItems)} more`] : items
  }
  if (typeof reply !== 'object' || reply === null) return reply
  return Object.fromEntries(
    Object.entries(reply)
      .filter(([name]) => !/^id$|Id$/.test(name))
      .map(([name, value]: [string, unknown]) => [name, shown(value, mostItems)]),
  )
}
