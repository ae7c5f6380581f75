/**
 * Gives a root one more style sheet. Safari before 16.4 knows no sheet that
 * `style-src 'self'` allows: there everything stands in the browser's own style.
 */
export function dress(root: ShadowRoot, css: string) {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  } catch {}
}
