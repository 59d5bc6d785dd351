import { textOf, type Said } from '../../said.ts'

/** Says why the bytes of a geometry cannot be read. */
export class GeometryError extends RangeError {
  readonly said: Said

  constructor(said: Said) {
    super(textOf(said))
    this.said = said
  }
}
