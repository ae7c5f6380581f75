/** The Notice in the words of one language, as the bundler projects it. */
declare module 'samtykke:panel' {
  /** Name, note, purpose, lifetime, and storage with party. */
  export type Row = [string, string, string, string, string]

  export interface Service {
    key: string
    name: string
    purpose: string
    /** Asked for where its content is. */
    place?: boolean
    /** Companies: what is said of each, and perhaps the address of its policy. */
    who: [string, string?][]
    cookies: Row[]
  }

  export interface Section {
    /** The category; absent for services that are switched off. */
    key?: string
    name: string
    purpose: string
    services: Service[]
  }

  export interface Contact {
    title: string
    lines: string[]
    /** Pairs of text and address. */
    links: [string, string][]
  }

  export const number: number
  export const published: string
  export const heading: number
  export const sections: Section[]
  export const contacts: Contact[]
  export const links: { declaration: string; privacy: string }
  export const texts: Record<string, string>
}
