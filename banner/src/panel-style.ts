import css from './panel.css'

const dressed = new WeakSet<ShadowRoot>()

/** Gives the root the panel's style, once. */
export function dress(root: ShadowRoot) {
  if (dressed.has(root)) return
  dressed.add(root)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
