/** One thing that was granted or denied. */
export interface Granted {
  category: string
  /** Empty for a category as a whole. */
  service: string
  granted: boolean
}

export const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads a Choice; undefined when the text is not one. */
export function parseChoice(json: string): Granted[] | undefined {
  const choice = parse(json)
  if (!isTable(choice)) return undefined
  const { categories, services = {}, ...more } = choice
  if (!isTable(categories) || !isTable(services) || Object.keys(more).length > 0) {
    return undefined
  }
  const rows = [
    ...Object.entries(categories).map(([key, value]) => row(key, '', value)),
    ...Object.entries(services).map(([ref, value]) => {
      const [category = '', service, ...rest] = ref.split('/')
      return service && rest.length === 0 ? row(category, service, value) : undefined
    }),
  ]
  return rows.every((each) => each !== undefined) ? rows : undefined
}

const row = (category: string, service: string, granted: unknown) =>
  typeof granted === 'boolean' ? { category, service, granted } : undefined

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
