/** What only the service knows about a result: its id, its date, the version of its data. */
export type Stamp = Readonly<Record<string, unknown>>
