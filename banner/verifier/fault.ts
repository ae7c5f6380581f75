/** Why a step does not hold, or could not be taken. */
export type Why =
  | 'size'
  | 'header'
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
  | 'ed25519'
  | 'subtle'
  | 'unexpected'

/** What the words of a reason name. */
export type About = Record<string, string | number>

/** Ends a step. */
export class Fault extends Error {
  why: Why
  about: About
  /** The browser could not take the step: that says nothing of the receipt. */
  unable: boolean

  constructor(why: Why, about: About = {}, unable = false) {
    super(why)
    this.why = why
    this.about = about
    this.unable = unable
  }
}
