import type { Naming } from '../verifier/facts.ts'

/** What a Notice declared, as far as it is used here. */
interface Declaration {
  language: string
  organisation: { id: string; name: string }
  site: { key: string; name: string }
  categories: { key: string; name: string }[]
  services: Service[]
}

interface Service {
  key: string
  name: string
  category: string
  ask: string
  legal_basis: string
  cookies: { category: string }[]
}

const known = new Map<string, Promise<Declaration | undefined>>()

/** What a Notice declared in a language; nothing when it cannot be had. */
export function declared(notice: number, lang: string) {
  const address = `notices/${notice}/cookies.json?lang=${lang}`
  const asked = known.get(address) ?? ask(address)
  known.set(address, asked)
  return asked
}

async function ask(address: string): Promise<Declaration | undefined> {
  try {
    const answer = await fetch(address)
    return answer.ok ? await answer.json() : undefined
  } catch {
    return undefined
  }
}

/** How a Notice called things in a language, or in one that it speaks; by their keys where it cannot be had. */
export async function namingOf(notice: number, lang: string): Promise<Naming> {
  const told = await declared(notice, lang)
  const name = (list: { key: string; name: string }[] = [], key: string) =>
    list.find((each) => each.key === key)?.name || key
  const called = (key: string, name: string | undefined) =>
    name ? `${name} (${key})` : key
  const { language, organisation, site } = told ?? {}
  return {
    lang: language ?? '',
    organisation: (id) => called(id, organisation?.id === id ? organisation.name : ''),
    site: (key) => called(key, site?.key === key ? site.name : ''),
    choice: (category, service) => {
      const group = name(told?.categories, category)
      return service ? `${group}, ${name(told?.services, service)}` : group
    },
    covers: (category, answers) =>
      (told?.services ?? [])
        .filter((service) => followsBanner(service) && isIn(service, category))
        .filter(
          ({ key }) =>
            !answers.some((a) => a.category === category && a.service === key),
        )
        .map((service) => service.name),
  }
}

/** Whether an answer about its category is about the service, too. */
const followsBanner = ({ ask, legal_basis }: Service) =>
  ask === 'banner' && legal_basis === 'consent'

const isIn = (service: Service, category: string) =>
  [service, ...service.cookies].some((each) => each.category === category)
