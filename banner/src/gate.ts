import { fresh, open, unfold } from './block.ts'
import { isEmbed, load } from './embed.ts'
import { guarded, warn } from './guard.ts'
import { wake } from './script.ts'

/** What has been let through, and how to take it back; null: not possible. */
interface Passed {
  undo: (() => void) | null
  /** Shown this once: only a withdrawal takes it back. */
  once: boolean
}

export interface Surroundings {
  /** True, false, undefined while there is no answer, null for an unknown name. */
  verdict(category: string, service: string): boolean | undefined | null
  /** Something visible stays asleep: a placeholder may stand in for it. */
  stands(element: HTMLElement, service: string): void
  /** It stays asleep no longer. */
  falls(element: HTMLElement): void
  /** The markup names what the Notice does not have. */
  unknown(name: string): void
}

const isScript = (element: Element): element is HTMLScriptElement =>
  element.localName === 'script'

const isContainer = (element: HTMLElement) =>
  element.localName === 'noembed' ||
  (isScript(element) && element.type === 'text/html')

const isGated = (element: HTMLElement) =>
  isContainer(element) ||
  (isScript(element) ? element.type === 'text/plain' : isEmbed(element))

/** The parser may still be writing into what is the last thing in the page. */
function isWhole(element: Element): boolean {
  if (document.readyState !== 'loading') return true
  for (let node: Node | null = element; node; node = node.parentNode) {
    if (node.nextSibling) return true
  }
  return false
}

/** Holds elements back until the visitor has said yes to their service. */
export function gate(at: Surroundings) {
  const asleep = new Set<HTMLElement>()
  const passed = new Map<HTMLElement, Passed>()
  /** Scripts that the page's own parser wrote: these can be woken as they are. */
  const parsed = new WeakSet<HTMLElement>()

  const names = ({ dataset: { category = '', service = '' } }: HTMLElement) => ({
    category: category.replace(/^!/, ''),
    service,
    refused: category.startsWith('!'),
  })

  const written = (element: HTMLElement, line: string) =>
    guarded((markup: string) => {
      for (const script of unfold(markup, element).scripts) {
        wake(script, line, written(element, line))
      }
    })

  /** Lets one element through. Gives how to take it back. */
  function release(element: HTMLElement): Passed['undo'] {
    const { category, service } = names(element)
    const line = service || category
    if (isContainer(element)) {
      const { nodes, scripts } = open(element)
      for (const script of scripts) wake(script, line, written(script, line))
      return scripts.length
        ? null
        : () => {
            for (const node of nodes) node.parentNode?.removeChild(node)
          }
    }
    if (!isScript(element)) return load(element)
    let script = element
    if (!parsed.has(element)) {
      script = fresh(element)
      passed.set(script, { undo: null, once: false })
      element.replaceWith(script)
    }
    wake(script, line, written(script, line))
    return null
  }

  const pass = guarded((element: HTMLElement, once: boolean) => {
    asleep.delete(element)
    at.falls(element)
    // Noted first: a script that throws has run all the same.
    passed.set(element, { undo: null, once })
    passed.set(element, { undo: release(element), once })
  })

  const consider = guarded((element: HTMLElement) => {
    const { category, service, refused } = names(element)
    const verdict = at.verdict(category, service)
    if (verdict === null) {
      asleep.delete(element)
      const name = `${refused ? '!' : ''}${category}/${service}`
      warn(`the notice does not have "${name}", which stays off`, element)
      at.unknown(name)
    } else if (refused ? verdict === false : verdict) {
      if (isWhole(element)) pass(element, false)
    } else if (!refused && service && isWhole(element)) {
      at.stands(element, service)
    }
  })

  return {
    /** Looks at an element that has come into the page, and at all within it. */
    see(root: Element) {
      const marked = '[data-category],[data-service]'
      for (const element of [root, ...root.querySelectorAll<HTMLElement>(marked)]) {
        if (
          element.matches(marked) &&
          isGated(element as HTMLElement) &&
          !passed.has(element as HTMLElement)
        ) {
          asleep.add(element as HTMLElement)
          if (document.readyState === 'loading') parsed.add(element as HTMLElement)
        }
      }
    },
    /** Lets through what sleeps without need. */
    open() {
      const order = [...asleep].sort((a, b) =>
        a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      )
      for (const element of order) {
        if (element.isConnected) consider(element)
        else asleep.delete(element)
      }
    },
    /** Lets one element through, for this once. */
    show: (element: HTMLElement) => pass(element, true),
    /**
     * Takes back what has lost its consent. Gives whether something ran that only
     * a reload can undo.
     */
    close(withdrawn: boolean): boolean {
      let ran = false
      for (const [element, { undo, once }] of passed) {
        const { category, service, refused } = names(element)
        if (refused || at.verdict(category, service) || (once && !withdrawn)) continue
        if (!undo) ran = true
        else {
          passed.delete(element)
          undo()
          asleep.add(element)
        }
      }
      return ran
    },
  }
}

export type Gate = ReturnType<typeof gate>
