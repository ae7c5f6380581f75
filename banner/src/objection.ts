/*
 * What a browser says for its visitor: the one place where it is read. It may say no,
 * and never yes; what the visitor answers here goes before it. A signal to come is one
 * more condition of `objects`, behind a constant of its own (as SIGNALS) when only some
 * sites are to hear it, and one more member of the record, beside `gpc`.
 */

/** Whether the browser objects to tracking (Global Privacy Control): true, 1 or "1". */
export const objects = () =>
  // biome-ignore lint/suspicious/noDoubleEquals: some say it in other words
  (navigator as unknown as Record<string, unknown>).globalPrivacyControl == 1
