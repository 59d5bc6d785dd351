import { hash } from 'node:crypto'

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

const OF_THE_CROWD = /^crowd-[\w-]{1,40}$/

/**
 * One more person, who is on no page: for programs that play many people. The second word of the name is as long as an
 * id, so that whatever looks for ids in replies finds the names too.
 */
export function personOfCrowd(word: string): InventedPerson {
  const id = `crowd-${word}`
  return { id, name: `Person ${hash('sha256', id).slice(0, 32)}` }
}

/** The person of an id, if there is one. */
export function findPerson(id: string): InventedPerson | undefined {
  if (OF_THE_CROWD.test(id)) return personOfCrowd(id.slice('crowd-'.length))
  return INVENTED_PEOPLE.find((person) => person.id === id)
}
