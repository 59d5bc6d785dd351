declare module 'sql.js' {
  export interface Statement {
    readonly step: () => boolean
    readonly get: () => readonly (string | number | Uint8Array | null)[]
    readonly bind: (values: readonly string[]) => boolean
    readonly reset: () => void
    readonly free: () => void
  }
  export interface Database {
    readonly run: (sql: string) => Database
    readonly prepare: (sql: string, values?: readonly string[]) => Statement
    readonly close: () => void
  }
  interface Sql {
    readonly Database: new (bytes: Uint8Array) => Database
  }
  /** Loads SQLite, compiled to WebAssembly. A database is in memory; nothing of a file system is reached. */
  function initSqlJs(options: { readonly useOldExtensionFunctions: false }): Promise<Sql>
  export { initSqlJs as default }
}
