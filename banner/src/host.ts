/**
 * What the main file offers to the panel and the declaration, which are loaded
 * later as modules of their own. Types only: nothing here reaches a browser.
 *
 * The main file calls `open(host)` of the panel module, and
 * `declaration(element, host)` for each `<div data-samtykke="declaration">`.
 */

import type { Memory } from './memory.ts'
import type { Mail } from './waiting.ts'

/** How a choice was made. The words are those of the log. */
export type Method =
  | 'accept_all'
  | 'reject_all'
  | 'save'
  | 'withdraw'
  | 'placeholder_once'
  | 'placeholder_always'
  | 'api'

/** Where a choice was made. */
export type Layer = 'first' | 'second' | 'placeholder' | 'page'

/** A category and a service in it: `statistics/youtube`. */
export type Ref = string

/**
 * Granted or denied. `categories` holds every category that the banner asks
 * for; true means all of it. `services` holds what was decided service by
 * service: exceptions within a category, and services asked for in place.
 */
export interface Choice {
  categories: Record<string, boolean>
  services: Record<Ref, boolean>
}

/**
 * One thing that is asked: a category in the banner, or a service in place.
 * `sum` is its ask checksum; another sum asks again.
 */
export interface Unit {
  /** Absent for a service that is asked for in place. */
  category?: string
  /** The places of its texts, of several that are asked for. */
  name?: number
  purpose?: number
  sum: string
  refs: Ref[]
}

/** A category that the banner asks for. */
export type Asked = Unit & { category: string }

export interface Host {
  /** The language that the banner speaks on this page. */
  lang: string
  /** The open shadow root of `#samtykke`: the dialog is put here. */
  root: ShadowRoot
  /** Address of this site at Samtykke, such as `https://host/gjerdrum`. */
  base: string
  units: Unit[]
  /** What stands now: denied wherever nothing has been answered. */
  choice(): Choice
  /** The token and the newest decision; neither is there before the first. */
  memory(): Memory
  /**
   * Stores the choice, opens and closes the gate, and records the decision.
   * Units that the choice says nothing about keep their answer. A choice that
   * changes nothing is not recorded again.
   */
  apply(choice: Choice, method: Method, layer: Layer): void
  /** Names of cookies that page script could not remove. */
  stuck: ReadonlySet<string>
  /** Gives a root one more style sheet. */
  dress(root: ShadowRoot, css: string): void
  /** Throws away token, receipt, waiting records and the answer, after erasure. */
  forget(): void
  /** To be called when the dialog has closed: focus goes back to the opener. */
  closed(): void
}

/**
 * What is reported: left over, unknown to the Notice, impossible to remove, or
 * markup that does not do what its author hopes.
 */
export type Finding = 'residual' | 'unknown' | 'stuck' | 'markup'

/** Posts to a part of Samtykke's address. */
export type Post = (part: string, body: string) => Promise<Response>

/** What the file with the rest exports. */
export interface Rest {
  report(post: Post, bundle: string, kind: Finding, name?: string): void
  /**
   * Takes over the sending of what waits, after an attempt with this answer, if
   * there was one.
   */
  retry(mail: Mail, id?: string, answer?: Response): true
  /** Makes scripts that can be woken of an element that cannot. */
  unfold(element: HTMLElement): HTMLScriptElement[]
  /**
   * Says what only the visitor can delete, after these services have lost their
   * consent and these names could not be removed.
   */
  staying(left: string[]): string
}

/** What the file with the placeholders exports. */
export interface Place {
  /** Puts a placeholder for content that sleeps, and takes it away. */
  stand(element: HTMLElement, service: string): void
  fall(element: HTMLElement): void
}

/** What a panel file exports. */
export interface Panel {
  open(host: Host): void
  declaration(element: Element, host: Host): void
}

/** What the file that belongs to a panel exports, for a visitor who has chosen. */
export interface Mine {
  mine(
    host: Host,
    names: string[],
    status: HTMLElement,
    forgotten: (kept: number) => string,
  ): Node[]
}
