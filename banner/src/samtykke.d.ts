/** What the bundler provides: the Notice as modules, features as constants. */

declare module 'samtykke:notice' {
  /** The same as Unit in host.ts; ambient modules import nothing relative. */
  interface Unit {
    category?: string
    name?: number
    purpose?: number
    sum: string
    refs: string[]
  }

  export interface StoredItem {
    ref: string
    /** Absent for a cookie. */
    kind?: 'local' | 'session' | 'indexeddb' | 'cache'
    name: string
    /** Expression for the names on the device; absent when that is `name`. */
    match?: string
    /** "i": upper and lower case are the same. */
    flags?: string
    /** Its service is gone. */
    left?: boolean
  }

  /** For each vendor, its types of consent and the category or service behind each. */
  export const signals: Record<
    | 'google'
    | 'microsoft_uet'
    | 'microsoft_clarity'
    | 'meta'
    | 'tiktok'
    | 'matomo'
    | 'wordpress'
    | 'shopify',
    Record<string, string>
  >
  /** The language to speak on a page in another one that is near. */
  export const near: Record<string, string>
  /** Languages that are written from right to left. */
  export const rtl: string[]
  export const units: Unit[]
  export const stored: StoredItem[]
  export const kept: string[]
  /** Services with a necessary part. */
  export const needed: string[]
  /**
   * Hosts that wait for consent, and who names each. One that begins with "." stands
   * for all below it; an empty name, for what needs no consent.
   */
  export const hosts: Record<string, string[]>
  /** Beginnings of the paths where a service never runs. */
  export const never: Record<string, string[]>
  /** Services of the banner with content that a placeholder may stand in for. */
  export const places: string[]
  /** Each language's texts, at the places that TEXTS and the units name. */
  export const texts: Record<string, string[]>
  /** A picture: the name of a shape, its attributes, and the shapes in it. */
  export type Drawn = [string, Record<string, string>, Drawn[]]
  export const logo: Drawn
}

/** What only the visitor can delete, in one language. */
declare module 'samtykke:rest' {
  /** What page script can neither see nor remove, by service. */
  export const stayingNames: Record<string, string[]>
  /** The sentence that names it. */
  export const stays: string
}

/** What placeholders say, in one language. */
declare module 'samtykke:place' {
  export const lang: string
  export const heading: number
  /** What a placeholder says of a service. */
  export interface Place {
    name: string
    purpose: string
    /** Who receives data, and what a yes grants where that is more than one thing. */
    tells: string
    warning?: string
    link?: string
  }

  export const places: Record<string, Place>
  /** What its buttons and its link are called, and what is said when it is on. */
  export const once: string
  export const always: string
  export const link: string
  export const on: string
}

declare module '*.css' {
  const text: string
  export default text
}

/** The keys of the site and of this bundle, and the number of the Notice. */
declare const SITE: string
declare const BUNDLE: string
declare const NOTICE: number
/** The site's first language. */
declare const LANGUAGE: string
/** How long an answer holds, in seconds. */
declare const VALIDITY: number
/** The element of the banner's heading. */
declare const HEADING: 'h2' | 'h3' | 'h4'
/** The places of the texts in each language's. One that the site lacks has none. */
declare const TEXTS: Record<
  | 'accept'
  | 'close'
  | 'declaration'
  | 'declaration_at'
  | 'details'
  | 'gpc'
  | 'heading'
  | 'intro'
  | 'logo'
  | 'necessary'
  | 'open'
  | 'privacy'
  | 'privacy_at'
  | 'purpose'
  | 'reject'
  | 'save'
  | 'saved'
  | 'withdraw'
  | 'withdrawn',
  number
>
/** The banner has a question. */
declare const ASKS: boolean
/** The banner has several questions. */
declare const SEVERAL: boolean
/** A first refusal is logged; else it is only counted, without a token. */
declare const LOGS: boolean
/** The site's server sends a policy that goes by the answer. */
declare const POLICY: boolean
/** The site's own server hands a path on to Samtykke, and keeps a copy of the answer. */
declare const SAME_ORIGIN: boolean
/** The domain whose hosts share the answer; empty where each asks for itself. */
declare const DOMAIN: string
/** The question stands over the page; and as a dialog, for which the page waits. */
declare const OVER: boolean
declare const DIALOG: boolean
/** The site has a logo. */
declare const LOGO: boolean
/** The site has vendors that hear of the answer; and which. */
declare const SIGNALS: boolean
declare const GOOGLE: boolean
declare const UET: boolean
declare const CLARITY: boolean
declare const META: boolean
declare const TIKTOK: boolean
declare const MATOMO: boolean
declare const WORDPRESS: boolean
declare const SHOPIFY: boolean
/** The site speaks a language that is written from right to left. */
declare const RTL: boolean
/** How the file's language is written; empty where all are from left to right. */
declare const DIR: '' | 'ltr' | 'rtl'
/** The site speaks several languages; and readers of others get one that is near. */
declare const LANGUAGES: boolean
declare const NEAR: boolean
/** What scripts of the page ask of hosts without consent is stopped. */
declare const AUTOMATIC: boolean
/** Some services never run on some pages. */
declare const NEVER: boolean
/** Films of YouTube come from its host without cookies. */
declare const YOUTUBE: boolean
/** Services of the banner have content. */
declare const PLACES: boolean
/** There is something to remove, and where. */
declare const CLEARS: boolean
declare const KEEPS: boolean
declare const WEB_STORAGE: boolean
declare const INDEXED_DB: boolean
declare const CACHES: boolean

/** Not in every TypeScript library yet. */
interface TrustedTypePolicy {
  createHTML(text: string): string
  createScript(text: string): string
  createScriptURL(text: string): string
}
interface Window {
  trustedTypes?: {
    isHTML(value: unknown): boolean
    createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy
  }
}
