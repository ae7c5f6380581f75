const property = Object.getOwnPropertyDescriptor

/**
 * The address of this site at Samtykke, taken from our own script tag; undefined
 * when it cannot be known, or when another copy has the page already. The getter
 * of the prototype is asked, because an element that is named "currentScript"
 * hides the property of the document.
 */
export const base = /* @__PURE__ */ ((): string | undefined =>
  property(window, 'samtykke')
    ? undefined
    : property(Document.prototype, 'currentScript')
        ?.get?.call(document)
        // That of a drawing has none.
        ?.src?.match(`^(.*/${SITE})[./]`)?.[1])()

/** The name of our cookie and of our storage. */
export const ours = `samtykke-${SITE}`

/** The name of the copy of our cookie that the site's own server sets. */
export const copy = () => `${ours}.kept`
