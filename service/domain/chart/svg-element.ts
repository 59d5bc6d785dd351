/** The elements of a chart, each with the attributes that it may have. There is no other way to write one. */
const ATTRIBUTES = {
  svg: ['viewBox', 'width', 'height', 'role', 'font-family', 'font-size', 'fill'],
  title: [],
  desc: [],
  g: ['fill', 'stroke', 'stroke-width', 'text-anchor', 'font-size'],
  rect: ['x', 'y', 'width', 'height', 'fill', 'stroke'],
  line: ['x1', 'y1', 'x2', 'y2', 'stroke', 'stroke-width'],
  path: ['d', 'fill', 'stroke', 'stroke-width', 'stroke-linecap'],
  text: ['x', 'y', 'text-anchor', 'font-size', 'font-weight', 'transform', 'fill'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Tag = keyof typeof ATTRIBUTES
type Attributes<Name extends Tag> = Readonly<Partial<Record<(typeof ATTRIBUTES)[Name][number], string | number>>>

/** The longest text of a chart. Names are shortened earlier; this bounds whatever comes. */
const LONGEST_TEXT = 2_000

/** A written element. Only `element` makes one, so that no text gets into a chart unescaped. */
export class SvgElement {
  readonly #written: string

  private constructor(written: string) {
    this.#written = written
  }

  /** Writes an element with its attributes, its text or its children. */
  static write<Name extends Tag>(
    tag: Name,
    attributes: Attributes<Name>,
    children: readonly (SvgElement | string)[],
  ): SvgElement {
    const allowed: readonly string[] = ATTRIBUTES[tag]
    const told = Object.entries<string | number>(attributes as Readonly<Record<string, string | number>>).map(
      ([name, value]) => {
        if (!allowed.includes(name)) throw new Error(`A chart's ${tag} has no ${name}`)
        return ` ${name}="${typeof value === 'number' ? rounded(value) : escapeText(value)}"`
      },
    )
    const space = tag === 'svg' ? ' xmlns="http://www.w3.org/2000/svg"' : ''
    const inner = children.map((child) => (child instanceof SvgElement ? child.#written : escapeText(child))).join('')
    return new SvgElement(`<${tag}${space}${told.join('')}>${inner}</${tag}>`)
  }

  toString(): string {
    return this.#written
  }
}

/** Writes an element of a chart. */
export function element<Name extends Tag>(
  tag: Name,
  attributes: Attributes<Name>,
  ...children: readonly (SvgElement | string)[]
): SvgElement {
  return SvgElement.write(tag, attributes, children)
}

/** A coordinate with at most two decimals. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/**
 * Text for a chart: on one line, without control characters, marks that turn the direction of writing, and halves of
 * characters, and with everything escaped that could begin a tag, leave an attribute or name an entity.
 */
function escapeText(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`)
}
