/** A Decision as the server tells its holder. */
export interface Decision {
  id: string
  time: string
  notice: number
  state: string
  /** RFC 3339; null for a choice that holds for one showing. */
  valid_until: string | null
  /** How it stands by what is kept; none for one showing. What was erased can have replaced it. */
  standing?: 'not_replaced_here' | 'replaced' | 'ended' | 'asked_again' | 'not_asked'
  /** When that ends, or was ended. */
  stands_until?: string
  method: string
  language: string
  choice: unknown
  /** C2SP tlog-proof. */
  proof: string
  /** When its retention ends; not while it is frozen. */
  deleted?: string
  /** It is kept, and not used (GDPR art. 18). */
  frozen?: boolean
  /** Only whoever keeps the log can release it. */
  held?: boolean
  /** Why it is held. */
  ground?: string
}

/** Whether its holder can have it erased: not while it is needed for a legal claim. */
export const erasable = ({ ground }: Decision) => ground !== 'claim'

/** Whoever holds a token: asks the server for what the token authorises. */
export class Holder {
  readonly token: string

  constructor(token: string) {
    this.token = token
  }

  /** Asks for an address beside the page's. It throws the answer when it is a refusal. */
  async ask(address: string, method = 'GET'): Promise<Response> {
    const headers = { Authorization: `Bearer ${this.token}` }
    const answer = await fetch(address, { method, headers, cache: 'no-store' })
    if (!answer.ok) throw answer
    return answer
  }

  /** Everything that is recorded, the newest first. */
  async decisions(): Promise<Decision[]> {
    const told: { decisions: Decision[] } = await (await this.ask('me')).json()
    return told.decisions.reverse()
  }

  async code(id: string): Promise<string> {
    return (await this.ask(`receipts/${id}.svg`)).text()
  }
}
