/** Letters without capitals, accents and signs, so that `ƙofar-mata` is found by `kofar mata`. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[ɓƁ]/g, 'b')
    .replaceAll(/[ɗƊ]/g, 'd')
    .replaceAll(/[ƙƘ]/g, 'k')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
