import type { Acts } from './acts.ts'
import type { Cell } from './cell.ts'
import type { Drawn } from './map/drawn.ts'
import type { CertaintyAsker } from './results/ask-certainty.ts'
import type { Notices } from './shell/notices.ts'
import type { Tabs } from './shell/tabs.ts'
import type { State } from './state.ts'
import type { Shown } from './wards/shown.ts'
import type { Ward } from './wards/ward.ts'

/** What every part of the workbench is given. */
export interface Bench {
  readonly state: State
  readonly shown: Cell<Shown | null>
  readonly drawn: Cell<Drawn | null>
  readonly acts: Acts
  readonly tabs: Tabs
  /** The place of index.html that shows what went wrong in a part of the page. */
  readonly noticesAt: (id: string) => Notices
  /** Says a text to screen readers without moving the focus. */
  readonly announce: (text: string) => void
  /** Asks before something is done that cannot be undone, or before the person leaves this page. */
  readonly confirm: (title: string, text: string, yes: string, no?: string) => Promise<boolean>
  /** Chooses a ward and shows why it has its rank. */
  readonly openWard: (ward: Ward) => void
  /** Works out how sure the order is, unless that is known. */
  readonly certainty: CertaintyAsker
}
