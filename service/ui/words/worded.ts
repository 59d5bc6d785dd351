/** The shape of a catalogue of words, whatever the language: each text is a text, or gives one for the same values. */
export type Worded<T> = T extends string
  ? string
  : T extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Name in keyof T]: Worded<T[Name]> }
