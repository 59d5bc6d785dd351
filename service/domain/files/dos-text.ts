/** The characters of the bytes 0x80 to 0xff in code pages of DOS, which the WHATWG Encoding Standard does not have. */
const HIGH_CHARACTERS = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
} as const
export type DosPage = keyof typeof HIGH_CHARACTERS

/** The code page of a label: `cp850`, `850`, `IBM850`, `DOS 437`; undefined if it is none of those here. */
export function dosPageOf(label: string): DosPage | undefined {
  const number = /^(?:cp|ibm|dos|oem|pc)?[ _-]?(437|850)$/i.exec(label.trim())?.[1]
  return number === '437' ? 'cp437' : number === '850' ? 'cp850' : undefined
}

/** Decodes text of a code page of DOS. */
export function decodeDos(bytes: Uint8Array, page: DosPage): string {
  const high = HIGH_CHARACTERS[page]
  let text = ''
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : (high[byte - 0x80] ?? '')
  return text
}
