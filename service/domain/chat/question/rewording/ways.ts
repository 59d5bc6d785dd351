/** Whole ways of saying a thing, each with the usual words for it, in which `$1` stands for what the first brackets found. */
export type Ways = readonly (readonly [RegExp, string])[]
