/** What all drawings share: small print, hairlines, and colours that people with any colour vision tell apart. */

/** Points of print as pixels of the drawing. */
const pt = 96 / 72

/** Okabe and Ito (2008), without the yellow, which fades on white. */
export const distinct = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000'] as const
export const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down', 'cross', 'triangle-right'] as const

export const colours = { null: '#9aa3ad', included: '#0072b2', excluded: '#d55e00', undecided: '#7a6a1a', criterion: '#000000', quiet: '#555555' } as const

const font = 'Helvetica, Arial, Liberation Sans, sans-serif'
const ink = '#111111'

export const textPx = { label: 7.5 * pt, title: 8.5 * pt, small: 6 * pt } as const

export const config = {
  background: 'white',
  font,
  view: { stroke: null },
  axis: {
    labelFontSize: textPx.label, titleFontSize: textPx.title, titleFontWeight: 'normal', labelColor: ink, titleColor: ink,
    domainColor: ink, domainWidth: 0.8, tickColor: ink, tickWidth: 0.8, tickSize: 4, grid: false, labelLimit: 200, labelSeparation: 6,
  },
  // One that is longer than its axis would push the title off the drawing.
  axisY: { titleLimit: { expr: 'height' } },
  legend: { labelFontSize: textPx.label, titleFontSize: textPx.label, titleFontWeight: 'normal', labelColor: ink, titleColor: ink, labelLimit: 300 },
  title: { fontSize: textPx.title, fontWeight: 'bold', color: ink, anchor: 'start', offset: 8 },
  text: { font, fontSize: textPx.label, fill: ink },
} as const
