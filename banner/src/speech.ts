import { texts } from 'samtykke:notice'
import css from './style.css'

/** How everything of ours speaks and looks on this page. */
export function speech(lang: string) {
  let sheet: CSSStyleSheet | undefined
  return {
    lang,
    /** The fixed texts in the page's language. */
    texts: texts[lang] ?? {},
    /** One text of the Notice in the page's language. */
    say: (wording: string | Record<string, string> | undefined) =>
      typeof wording === 'object' ? (wording[lang] ?? '') : (wording ?? ''),
    /**
     * Gives an element its open shadow root, dressed. A constructed sheet is the
     * one way that `style-src 'self'` allows; a browser without them shows bare
     * buttons.
     */
    dress(element: HTMLElement): ShadowRoot {
      const root = element.attachShadow({ mode: 'open' })
      try {
        if (!sheet) {
          sheet = new CSSStyleSheet()
          sheet.replaceSync(css)
        }
        root.adoptedStyleSheets = [sheet]
      } catch {
        // Safari before 16.4: readable without.
      }
      return root
    },
  }
}

export type Speech = ReturnType<typeof speech>
