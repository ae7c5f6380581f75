import type { Words } from './texts.ts'

export const en: Words = {
  skip: 'Skip to the content',
  languages: 'Language',
  heading: 'Verify a receipt',
  lede: 'Sites that use Samtykke give a receipt for the choice you make. Here you can read what the receipt says, and see whether the choice stands unchanged in the log.',
  local:
    'Everything is calculated in your browser. The page loads nothing, sends nothing and works offline.',
  receipt: 'The receipt',
  receipt_hint:
    'Choose the file (.tlog-proof, or the JSON with all your choices), drop it on the page, or paste all of its text.',
  receipt_choose: 'Choose receipt',
  receipt_missing: 'Paste a receipt, or choose the file.',
  keys: 'The key of the log',
  keys_hint:
    'Paste the key, or choose the file. If there are several, each has a line of its own. A key looks like this:',
  keys_choose: 'Choose key file',
  keys_missing: 'Paste the key of the log, or choose the file.',
  where: 'Where do I find the key?',
  where_why:
    'Get the key from somewhere else than the receipt. Otherwise whoever made a false receipt may have made a key to fit it.',
  where_declaration:
    'In the declaration on the site, which describes everything that is stored.',
  where_earlier:
    'If you have a receipt from before, the name and the key number in it should be the same, until the log gets a new key.',
  where_authority: 'With the supervisory authority, or others who have kept it.',
  required: 'How many of the witnesses must have signed?',
  required_hint: 'Empty: more than half.',
  check: 'Verify',
  read: '{name} has been read.',
  unreadable: '{name} cannot be read as text.',
  pack: '{name} looks like a whole audit pack (ZIP). This page verifies single receipts only. Verify the pack with the program: samtykke log verify --pack {name} --key KEYS',

  verdict: {
    holds: 'The receipt holds',
    fails: 'The receipt does not hold',
    unknown: 'Cannot be checked',
  },
  holds_text:
    'The choice stands in the log {origin}, with number {index}. The log has signed it with the key that you gave, and it has not changed since.',
  fails_text: 'Step {number} does not hold: “{step}”.',
  unknown_text:
    'Step {number} cannot be checked: “{step}”. That does not say that anything is wrong, but do not take the receipt as verified.',
  repair_receipt:
    'Choose the file that ends in .tlog-proof, as you saved it, or paste all of its text.',
  repair_keys:
    'Fetch the keys of the log again, and paste all the lines. They are on the server of the site, at the address that ends in /log/keys.',
  several:
    'The file has {all} receipts. Hold: {holds}. Do not hold: {fails}. Cannot be checked: {unknown}.',
  unproven: 'Not proven, because no log has it: {others}.',
  unknown_signer:
    'The choice fits the checkpoint in the receipt, but who made that checkpoint has not been checked.',
  steps: 'Step by step',
  step: {
    text: 'The text is a whole receipt',
    record: 'The choice is written as the log writes choices',
    key: 'The key is for this log',
    signature: 'The log has signed',
    tree: 'The choice stands in the log',
    witness: 'Witnesses have signed',
    beside: 'What stands beside the proof says the same',
  },
  done: {
    text: 'Salt, choice, number, path and checkpoint are there.',
    record: 'All 17 fields have the form that they should have.',
    key: 'The key bears the name of the log, and its number is right.',
    signature: 'The signature (Ed25519) fits the checkpoint.',
    tree: 'The path from the choice ({count} links) leads to the root in the checkpoint.',
    witness:
      'Witnessed by {count} of {all}: they have signed the same checkpoint. At least {required} must have.',
    beside: 'What the log has of it is the same. No log shows this: {others}.',
  },
  state: { holds: 'Holds', fails: 'Does not hold', unknown: 'Not checked' },
  why: {
    size: 'The text is too long to be a receipt.',
    header: 'It does not begin with the line “{header}”.',
    json: 'This is no receipt, but JSON without a proof in it.',
    twice:
      'The name “{name}” stands twice, or almost as another, so that two readers may read two things. The file was changed since a program of ours wrote it.',
    answered:
      'This is the answer to the choice {id}: it has the checkpoint that was signed then, but not the path from the choice to it. Get the whole receipt on the page “Your choices”, from the address /{site}/receipts/{id}, or with the program: samtykke log prove {site} {id}. The program can also check that the log still begins with the checkpoint: samtykke log verify {site} --kept FILE',
    extra: 'The line that begins with “extra” is missing or is not valid base64.',
    empty: 'There is no choice in it.',
    index: 'The line that begins with “index” is missing or is not a whole number.',
    path: 'Line {line} is not 32 bytes in base64.',
    end: 'The checkpoint is missing. It should follow after an empty line.',
    note: 'The checkpoint is not a signed text.',
    checkpoint: 'The checkpoint does not have name, size and root as it should.',
    cut: 'The choice ends before field {field} ({name}) is complete.',
    field: 'Field {field} ({name}) does not have the form that it should have.',
    more: 'Something follows after the last field.',
    key_form: 'Line {line} is not a key: name, number and base64 with + in between.',
    key_private:
      'Line {line} is the secret key, which should never leave the server. Tell those who run it: the log needs a new key.',
    key_id:
      'The number in the key on line {line} does not fit the rest. Are some characters missing?',
    key_kind: 'The key on line {line} is of another kind than Ed25519.',
    key_origin: 'The receipt is from the log {origin}. The key is for {names}.',
    unsigned:
      'The checkpoint is not signed with the key that you gave (number {given}), but with {found}.',
    forged:
      'The signature of {name} does not fit the checkpoint. One of them has been changed.',
    witness_twice: 'The witness {name} is given twice. Each counts once.',
    quorum: '{required} of {all} witnesses cannot be had.',
    unwitnessed: 'Witnessed by {count} of {all}. At least {required} must have signed.',
    outside: 'There is no number {index} in a log of {size} entries.',
    length: 'The path has {count} links. It should have another number of them.',
    root: 'The path does not lead to the root in the checkpoint. The choice, the salt, the number or the path has been changed.',
    beside: 'Beside the proof, “{name}” is {said}. The log has {log}.',
    ed25519:
      'This browser does not know signatures of the kind Ed25519. Use a newer version or another browser.',
    subtle:
      'The browser calculates only on pages that are opened with https or from the disk. Save the page, and open it from the disk.',
    unexpected: 'Something went wrong in the check itself.',
  },

  says: 'What the receipt says',
  says_unproven: 'The receipt is not verified. What stands here may have been changed.',
  about_choice: 'The choice',
  about_shown: 'What was shown',
  about_receipt: 'The receipt',
  about_log: 'The log',
  organisation: 'Organisation',
  site: 'Site',
  time: 'Time',
  outcome: 'Answer',
  choice: 'Chosen',
  method: 'Manner',
  layer: 'Where',
  language: 'Language',
  gpc: 'Signal from the browser',
  notice: 'Version',
  notice_hash: 'Checksum of the version (SHA-256)',
  bundle: 'Script',
  bundle_hash: 'Checksum of the script (SHA-256)',
  id: 'Receipt number',
  previous: 'Previous receipt',
  visitor: 'Digest of your key',
  skew: 'Clock of the browser',
  raw: 'The choice, character by character',
  origin: 'Name',
  index: 'Place in the log',
  size: 'Entries in the log then',
  root: 'Root: checksum of the whole log (SHA-256)',
  leaf: 'Leaf: checksum of this choice (SHA-256)',
  signatures: 'Signed by',
  yes: 'yes',
  no: 'no',
  nothing: 'Nothing',
  unreadable_choice: 'Cannot be read. See “The choice, character by character”.',
  index_text: '{index} (counted from 0)',
  previous_none: 'None, this is the first',
  visitor_none: 'Not stored',
  skew_none: 'As the server’s',
  skew_ahead: '{seconds} seconds ahead of the server’s',
  skew_behind: '{seconds} seconds behind the server’s',
  gpc_yes: 'Asked not to be tracked (Global Privacy Control)',
  gpc_no: 'None',
  key_number: 'key number {id}',
  signed: {
    holds: 'checked, holds',
    fails: 'does not hold',
    unknown: 'not checked',
  },
  category: {
    necessary: 'Necessary',
    functional: 'Functional',
    statistics: 'Statistics',
    marketing: 'Marketing',
  },
  outcomes: {
    given: 'Yes',
    partly_given: 'Yes to some',
    refused: 'No',
    withdrawn: 'Withdrawn',
    expired: 'Expired',
  },
  methods: {
    accept_all: 'Accepted all',
    reject_all: 'Declined all',
    save: 'Saved own choices',
    withdraw: 'Withdrew consent',
    placeholder_once: 'Showed the content once',
    placeholder_always: 'Turned the content on where it is',
    signal: 'Signal from the browser',
    api: 'Button or script of the site',
    expiry: 'The choice ran out',
  },
  layers: {
    first: 'In the question',
    second: 'In the panel with all choices',
    placeholder: 'Where the content is',
    page: 'On the page itself',
  },
  proves: 'What this shows',
  proves_unchanged:
    'The choice was written in the log before the log signed. Its content and time cannot have been changed afterwards.',
  proves_not: 'It does not show who chose, nor whether something new was chosen later.',
  proves_witness:
    'That everyone is shown the same log is what signatures of witnesses show. They are checked when you paste their keys too.',
  about: 'About this page',
  about_copy:
    'The page is one file. Save it, and it works from the disk, also offline and when the site is gone.',
  about_trust:
    'To check those who run the server, do not get the page from there. Get it from someone you trust, or make it with the program: samtykke log verifier -o verify.html',
  about_pack:
    'The page verifies receipts, one or many. A whole audit pack (ZIP), with scripts, versions of the text and every choice, is verified by the program: samtykke log verify --pack FILE --key KEYS. A single receipt comes out of the pack by: samtykke log prove',
  about_format:
    'The receipt follows C2SP tlog-proof, so that other programs can verify it too.',
}
