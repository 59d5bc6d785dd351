/** The guide's source, and the folder of its pictures, below the root. */
export const GUIDE = 'docs/guide.md'
export const GUIDE_PICTURES = 'docs/images/guide'
