import { facts } from '../verifier/facts.ts'
import { type Verdict, verify } from '../verifier/verify.ts'
import { namingOf } from './declared.ts'
import type { Decision, Holder } from './holder.ts'
import { copyOf, lang } from './parts.ts'
import { placeOf, whole } from './place.ts'

/** What the file may do: show itself. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

/**
 * A receipt as one file of HTML, to keep and to send: all that it says, its proof and
 * its code, without script and without asking for anything. It never says that the
 * receipt holds, for nothing in a file can know.
 */
export async function fileOf(holder: Holder, decision: Decision): Promise<string> {
  const { id, notice, proof } = decision
  const [code, naming, { address, keys }] = await Promise.all([
    holder.code(id),
    namingOf(notice, lang),
    placeOf(decision),
  ])
  const { copy, is } = copyOf('file')
  const page = is<HTMLAnchorElement>('verify')
  page.setAttribute('href', whole(page.getAttribute('href') ?? ''))
  is<HTMLAnchorElement>('keys').href = address
  is('log-keys').textContent = keys.trim()
  is('proof').textContent = proof
  const mark = `code-${id}`
  is('code').prepend(document.createComment(mark))
  const says = unchecked(await verify(proof, keys))
  is('facts').append(...facts(says, lang, naming, 'h2'))
  return written(id, copy).replace(`<!--${mark}-->`, () => code)
}

/** What a receipt says, with nothing said of what was found when it was checked. */
const unchecked = (verdict: Verdict): Verdict => ({
  ...verdict,
  signatures: verdict.signatures.map((each) => ({ ...each, state: 'unknown' })),
})

/** A document with the look of this one. */
function written(id: string, content: Node): string {
  const file = document.implementation.createHTMLDocument()
  file.documentElement.lang = document.documentElement.lang
  const meta = (attributes: Record<string, string>) => {
    const element = file.createElement('meta')
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value)
    }
    return element
  }
  const looks = [...document.querySelectorAll('head style')].map((style) => {
    const look = file.createElement('style')
    look.textContent = style.textContent
    return look
  })
  const main = file.createElement('main')
  main.append(content)
  file.title = `${main.querySelector('h1')?.textContent} ${id}`
  file.head.prepend(
    meta({ charset: 'utf-8' }),
    meta({ 'http-equiv': 'Content-Security-Policy', content: policy }),
    meta({ name: 'viewport', content: 'width=device-width, initial-scale=1' }),
  )
  file.head.append(...looks)
  file.body.append(main)
  return `<!doctype html>\n${file.documentElement.outerHTML}\n`
}
