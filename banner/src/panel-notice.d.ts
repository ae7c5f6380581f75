/** The Notice as the bundler projects it for one language. */
declare module 'samtykke:panel' {
  /** What is said of a company, and perhaps the address of its privacy policy. */
  export type Company = [string, string?]

  /**
   * Name, note, purpose, lifetime, a place in `storages`, and the language of the
   * purpose where that is another.
   */
  export type Row = [string, string, string, string, number, string?]

  export interface Service {
    key: string
    name: string
    /** Absent for what is necessary in a service that asks. */
    purpose?: string
    /** Places in `companies`: the provider, then further recipients. */
    who: number[]
  }

  /** A place in `services`, its cookies in the section, and 1 if it can be chosen. */
  export type Entry = [number, Row[], 1?]

  export interface Section {
    /** The category; absent for services that are switched off. */
    key?: string
    name: string
    purpose: string
    /** It has a box for all of its services. */
    box?: boolean
    has: Entry[]
  }

  export interface Contact {
    title: string
    lines: string
    /** Pairs of text and address. */
    links: [string, string][]
  }

  export const number: number
  export const published: string
  export const heading: number
  /** Kinds of storage, each with whose host keeps it. */
  export const storages: string[]
  export const companies: Company[]
  export const services: Service[]
  export const sections: Section[]
  export const contacts: Contact[]
  export const links: { declaration: string; privacy: string }
}

/** The panel's fixed texts: text/panel.nb.json and its sisters. */
declare module 'samtykke:say' {
  export const heading: string
  export const close: string
  export const none: string
  export const chosen: string
  export const what: string
  export const name: string
  export const purpose: string
  export const lifetime: string
  export const storage: string
  export const policy: string
  export const own: string
  export const own_text: string
  export const save: string
  export const accept: string
  export const reject: string
  export const stays: string
  export const me: string
  export const yes: string
  export const nothing: string
  export const receipt: string
  export const receipt_copy: string
  export const receipt_page: string
  export const page: string
  export const key: string
  export const key_text: string
  export const copy: string
  export const copied: string
  export const history: string
  export const download: string
  export const given: string
  export const partly_given: string
  export const refused: string
  export const withdrawn: string
  export const expired: string
  export const freeze: string
  export const freeze_text: string
  export const release: string
  export const frozen: string
  export const released: string
  export const is_frozen: string
  export const erase: string
  export const erase_text: string
  export const erase_do: string
  export const erased: string
  export const kept: string
  export const failed: string
  export const contacts: string
  export const declaration: string
  export const privacy: string
  export const version: string
  export const permalink: string
  export const change: string
}
