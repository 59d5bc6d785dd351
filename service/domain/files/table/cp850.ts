/** The characters of code page 850 from 0x80 to 0xFF, in order (Unicode Consortium, CP850.TXT). */
const UPPER_HALF =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤' +
  'ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

/** The character of a byte in code page 850. */
export function cp850Character(byte: number): string {
  return byte < 128 ? String.fromCharCode(byte) : (UPPER_HALF[byte - 128] ?? '\uFFFD')
}
