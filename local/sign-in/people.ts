/** Somebody who can sign in with the local provider. Nobody of them exists. */
export interface InventedPerson {
  /** The subject in tokens. */
  readonly id: string
  readonly name: string
}

/** Who can be chosen with `npm start -- --sign-in`. */
export const INVENTED_PEOPLE: readonly InventedPerson[] = [
  { id: 'amina', name: 'Amina Yusuf' },
  { id: 'tunde', name: 'Tunde Bello' },
]
