import css from './panel.css'

const sheet = new CSSStyleSheet()
sheet.replaceSync(css)

/** Gives the root the panel's style, once. */
export function dress(root: ShadowRoot) {
  root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, sheet])]
}
