import initSqlJs from 'sql.js'
import type { Database } from 'sql.js'
import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import { unreadable } from '../unreadable.ts'

/** The most that SQLite may have in use at a time. Its module begins with 22 MiB, which it keeps. */
const MOST_MEMORY = 96 * 1024 * 1024

/** The value of a cell. */
export type Cell = string | number | Uint8Array | null

/** A database of which only real tables can be read, by plain column names. */
export interface PlainTables {
  /** Names of the table's columns; null if there is no such real table. Its pages were checked. */
  readonly columnsOf: (table: string) => readonly string[] | null
  /** The rows of a table of which `columnsOf` gave the columns: at most `most` of them. */
  readonly rows: (table: string, columns: readonly string[], most: number) => Iterable<readonly Cell[]>
  readonly count: (table: string, most: number) => number
  /** Gives the memory of the database back. A thread that reads one file gives it back by its end. */
  readonly close: () => void
}

/**
 * Opens a SQLite file for reading. Nothing in it can run: views, virtual tables and generated columns are not read, the
 * schema is not trusted with functions, and the pages of a table are checked to be used once before it is passed over,
 * so that damaged links cannot make it endless.
 * @throws Fault `unreadable-file` when it is damaged
 */
export async function openSqlite(bytes: Uint8Array, filename: string): Promise<PlainTables> {
  const damaged = (cause: unknown): Error => unreadable(filename, say('database-damaged', {}), { cause })
  const { Database } = await initSqlJs({ useOldExtensionFunctions: false })
  let database: Database
  try {
    database = new Database(bytes)
    database.run(
      `PRAGMA hard_heap_limit = ${String(MOST_MEMORY)}; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; ` +
        'PRAGMA cell_size_check = ON; PRAGMA ignore_check_constraints = ON; PRAGMA cache_size = -8192',
    )
  } catch (cause) {
    throw damaged(cause)
  }
  const all = (sql: string, values: readonly string[] = []): (readonly Cell[])[] => [
    ...rowsOf(database, sql, values, damaged),
  ]
  return {
    columnsOf: (table) => {
      // A table that is not stored in pages of its own is virtual.
      const [found] = all("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND lower(name) = ?", [
        table.toLowerCase(),
      ])
      if (found === undefined) return null
      const columns = all('SELECT name, hidden FROM pragma_table_xinfo(?)', [table])
      if (columns.some(([, hidden]) => hidden !== 0))
        throw unreadable(filename, say('computed-columns', { name: quoted(table) }))
      const [[verdict] = ['']] = all(`PRAGMA quick_check(${identifier(table)})`)
      if (verdict !== 'ok') throw damaged(new Error(`the check of ${quoted(table)} found ${quoted(String(verdict))}`))
      return columns.map(([name]) => String(name))
    },
    rows: (table, columns, most) =>
      rowsOf(
        database,
        `SELECT ${columns.map(identifier).join(', ')} FROM ${identifier(table)} NOT INDEXED LIMIT ${String(most)}`,
        [],
        damaged,
      ),
    count: (table, most) => {
      const [[count] = [0]] = all(
        `SELECT count(*) FROM (SELECT 1 FROM ${identifier(table)} NOT INDEXED LIMIT ${String(most)})`,
      )
      return Number(count)
    },
    close: () => {
      database.close()
    },
  }
}

function* rowsOf(
  database: Database,
  sql: string,
  values: readonly string[],
  damaged: (cause: unknown) => Error,
): Generator<readonly Cell[]> {
  const attempt = <T>(use: () => T): T => {
    try {
      return use()
    } catch (cause) {
      throw damaged(cause)
    }
  }
  const statement = attempt(() => database.prepare(sql, values))
  try {
    while (attempt(() => statement.step())) yield attempt(() => statement.get())
  } finally {
    statement.free()
  }
}

/** A name as SQL quotes it. */
function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
