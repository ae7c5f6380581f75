/* The page's cookies. Where they are blocked, as in a sandboxed frame, there are none. */

/** Every cookie that page script can see, as `name=value`. */
export function cookies(): string[] {
  try {
    return document.cookie.split('; ')
  } catch {
    return []
  }
}

export function setCookie(cookie: string) {
  try {
    document.cookie = cookie
  } catch {
    // Blocked.
  }
}
