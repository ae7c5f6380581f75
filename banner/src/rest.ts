/*
 * What most pages do without, in a file of its own for each language: it is
 * loaded when a page holds content that is asked for in place, or a vendor's
 * block that may run, when consent is taken back, and when there is a finding.
 */
export { unfold } from './block.ts'
export { report } from './finding.ts'
export { fall, stand } from './placeholder.ts'
export { staying } from './staying.ts'
