/** Why a step does not hold, or could not be taken. */
export type Why =
  | 'size'
  | 'header'
  | 'json'
  | 'twice'
  | 'answered'
  | 'extra'
  | 'empty'
  | 'index'
  | 'path'
  | 'end'
  | 'note'
  | 'checkpoint'
  | 'cut'
  | 'field'
  | 'more'
  | 'key_form'
  | 'key_private'
  | 'key_id'
  | 'key_kind'
  | 'key_origin'
  | 'unsigned'
  | 'forged'
  | 'witness_twice'
  | 'quorum'
  | 'unwitnessed'
  | 'outside'
  | 'length'
  | 'root'
  | 'beside'
  | 'ed25519'
  | 'subtle'
  | 'unexpected'

/**
 * The reasons that speak against a receipt: it contradicts itself or what
 * stands beside it, or lacks the
 * witnesses that are required. After any other there is nothing to judge: what was
 * given is no receipt, or no key of those that have signed it.
 */
const against: readonly Why[] = [
  'twice',
  'cut',
  'field',
  'more',
  'forged',
  'unwitnessed',
  'outside',
  'length',
  'root',
  'beside',
]

/** What the words of a reason name. */
export type About = Record<string, string | number>

/** Ends a step. */
export class Fault extends Error {
  why: Why
  about: About
  /** The step could not be taken: that says nothing of the receipt. */
  unable: boolean

  constructor(why: Why, about: About = {}) {
    super(why)
    this.why = why
    this.about = about
    this.unable = !against.includes(why)
  }
}
