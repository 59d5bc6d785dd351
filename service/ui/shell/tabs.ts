/** What one tab of a browser tells the others: its session was used, its data were changed, or it has ended. */
export type Told = 'used' | 'changed' | 'ended'

export interface Tabs {
  readonly tell: (what: Told) => void
  readonly hear: (what: Told, act: () => void) => void
}

/** The tabs of this browser at the same address. Nothing of the data is told. */
export function openTabs(): Tabs {
  const channel = new BroadcastChannel('chatmrpt-session')
  return {
    tell: (what) => {
      channel.postMessage(what)
    },
    hear: (what, act) => {
      channel.addEventListener('message', ({ data }) => {
        if (data === what) act()
      })
    },
  }
}
