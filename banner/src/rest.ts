/*
 * What most pages do without, in a file of its own for each language: it is
 * loaded when a record has not reached the server, when a vendor's block may run,
 * when consent is taken back, and when there is a finding.
 */
export { unfold } from './block.ts'
export { report } from './finding.ts'
export { retry } from './retry.ts'
export { staying } from './staying.ts'
