/** The space that the first page has: A4 without its margins. */
const SHEET = { width: '186mm', height: '269mm' } as const

/** On the screen. Nothing in it needs colour or a background to be understood. */
const SCREEN = [
  'body{font:14px/1.5 system-ui,"DejaVu Sans",sans-serif;margin:2em auto;max-width:62em;padding:0 1em;color:#111}',
  'h1,h2,h3{line-height:1.2;break-after:avoid}',
  'h2{margin-top:2em}',
  'table{border-collapse:collapse;width:100%;font-size:12px}',
  'th,td{border:1px solid #888;padding:.2em .5em;text-align:left;vertical-align:top}',
  'td.n{text-align:right;font-variant-numeric:tabular-nums}',
  'thead{display:table-header-group}',
  'tr{break-inside:avoid}',
  'svg.map{width:100%;height:auto;max-height:70vh}',
  '.key{margin:.3em 0}',
  '.key .class{white-space:nowrap;margin-right:.8em}',
  'svg.box{width:26px;height:14px;vertical-align:-2px}',
] as const

/** The first page, on one sheet. The map takes what the words leave. */
const FIRST_PAGE = [
  `.first{box-sizing:border-box;max-width:${SHEET.width};height:${SHEET.height};margin:0 auto;overflow:visible;`,
  'display:flex;flex-direction:column;font-size:11px;line-height:1.3;overflow-wrap:anywhere}',
  '.first h1{font-size:18px;margin:0 0 4px}',
  '.first h2{font-size:12px;margin:7px 0 2px;border-bottom:1.5px solid #111}',
  '.first p,.first ul,.first dl{margin:2px 0}',
  '.first ul{padding-left:1.3em}',
  '.first table{font-size:10px;line-height:1.25}',
  '.first th,.first td{padding:0 3px}',
  '.first dl{display:grid;grid-template-columns:auto 1fr auto 1fr;gap:0 8px}',
  '.first dt{font-weight:bold}',
  '.first dd{margin:0}',
  '.first .pair{display:grid;grid-template-columns:1fr 1fr;gap:0 14px}',
  '.first .pair>div{min-width:0;min-height:0}',
  '.first .picture{flex:1 1 0;min-height:150px}',
  '.first .drawn{display:flex;flex-direction:column;height:100%}',
  '.first .drawn svg.map{flex:1 1 0;min-height:0;max-height:none}',
] as const

const PRINT = [
  '@page{size:A4;margin:12mm;@bottom-right{content:"Page " counter(page) " of " counter(pages);font-size:9px}}',
  '@media print{',
  'body{margin:0;max-width:none;padding:0}',
  '.first{break-after:page}',
  '.annex{font-size:12px}',
  '.annex table{font-size:10px}',
  '}',
] as const

/** The style sheet of a report. */
export function reportStyle(): string {
  return [...SCREEN, ...FIRST_PAGE, ...PRINT].join('')
}
