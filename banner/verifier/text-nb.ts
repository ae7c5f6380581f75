/** The page in bokmål. The other languages have the same texts. */
export const nb = {
  skip: 'Hopp til innholdet',
  languages: 'Språk',
  heading: 'Kontroller en kvittering',
  lede: 'Nettsteder som bruker Samtykke, gir en kvittering for valget du gjør. Her ser du hva kvitteringen sier, og om valget står uendret i loggen.',
  local:
    'Alt regnes ut i nettleseren din. Siden henter ingenting, sender ingenting og virker uten nett.',
  receipt: 'Kvitteringen',
  receipt_hint:
    'Velg filen (.tlog-proof, eller JSON med alle valgene dine), slipp den på siden, eller lim inn hele teksten.',
  receipt_choose: 'Velg kvittering',
  receipt_missing: 'Lim inn en kvittering, eller velg filen.',
  keys: 'Nøkkelen til loggen',
  keys_hint:
    'Lim inn nøkkelen, eller velg filen. Er det flere, står de på hver sin linje. En nøkkel ser slik ut:',
  keys_choose: 'Velg nøkkelfil',
  keys_missing: 'Lim inn nøkkelen til loggen, eller velg filen.',
  where: 'Hvor finner jeg nøkkelen?',
  where_why:
    'Hent nøkkelen fra et annet sted enn kvitteringen. Ellers kan den som har laget en falsk kvittering, ha laget en nøkkel som passer.',
  where_declaration:
    'I erklæringen på nettstedet, der alt som blir lagret, er beskrevet.',
  where_earlier:
    'Har du en kvittering fra før, skal navnet og nøkkelnummeret i den være de samme, helt til loggen får en ny nøkkel.',
  where_authority: 'Hos tilsynsmyndigheten, eller andre som har tatt vare på den.',
  required: 'Hvor mange av vitnene skal ha signert?',
  required_hint: 'Tomt felt: mer enn halvparten.',
  check: 'Kontroller',
  read: '{name} er lest.',
  unreadable: '{name} kan ikke leses som tekst.',
  pack: '{name} ser ut som en hel revisjonspakke (ZIP). Siden kontrollerer bare enkelte kvitteringer. Kontroller pakken med programmet: samtykke log verify --pack {name} --key NØKLER',

  verdict: {
    holds: 'Kvitteringen holder',
    fails: 'Kvitteringen holder ikke',
    unknown: 'Kan ikke kontrolleres',
  },
  holds_text:
    'Valget står i loggen {origin}, med nummer {index}. Loggen har signert det med nøkkelen du oppga, og det er ikke endret siden.',
  fails_text: 'Steg {number} holder ikke: «{step}».',
  unknown_text:
    'Steg {number} kan ikke kontrolleres: «{step}». Det sier ikke at noe er galt, men regn ikke kvitteringen som godkjent.',
  repair_receipt:
    'Velg filen som slutter på .tlog-proof, slik du lagret den, eller lim inn hele teksten.',
  repair_keys:
    'Hent nøklene til loggen på nytt, og lim inn alle linjene. De står på serveren til nettstedet, på adressen som slutter på /log/keys.',
  several:
    'Filen har {all} kvitteringer. Holder: {holds}. Holder ikke: {fails}. Kan ikke kontrolleres: {unknown}.',
  unproven: 'Ikke bevist, for det står ikke i noen logg: {others}.',
  unknown_signer:
    'Valget passer til sjekkpunktet i kvitteringen, men hvem som har laget sjekkpunktet, er ikke kontrollert.',
  steps: 'Steg for steg',
  step: {
    text: 'Teksten er en hel kvittering',
    record: 'Valget er skrevet slik loggen skriver valg',
    key: 'Nøkkelen er for denne loggen',
    signature: 'Loggen har signert',
    tree: 'Valget står i loggen',
    witness: 'Vitner har signert',
    beside: 'Det som står ved siden av beviset, sier det samme',
  },
  done: {
    text: 'Salt, valg, nummer, vei og sjekkpunkt er på plass.',
    record: 'Alle 17 feltene har den formen de skal ha.',
    key: 'Nøkkelen bærer navnet til loggen, og nøkkelnummeret stemmer.',
    signature: 'Signaturen (Ed25519) passer til sjekkpunktet.',
    tree: 'Veien fra valget ({count} ledd) fører til roten i sjekkpunktet.',
    witness:
      'Vitner: {count} av {all} har signert det samme sjekkpunktet. Minst {required} skal ha gjort det.',
    beside: 'Det loggen har av det, er likt. Dette viser ingen logg: {others}.',
  },
  state: { holds: 'Holder', fails: 'Holder ikke', unknown: 'Ikke kontrollert' },
  why: {
    size: 'Teksten er for lang til å være en kvittering.',
    header: 'Den begynner ikke med linjen «{header}».',
    json: 'Dette er ikke en kvittering, men JSON uten bevis i seg.',
    twice:
      'Navnet «{name}» står to ganger, eller nesten som et annet, så to lesere kan lese hver sitt. Filen er endret siden et program av våre skrev den.',
    answered:
      'Dette er svaret på valget {id}: det har sjekkpunktet som ble signert da, men ikke veien fra valget dit. Hent hele kvitteringen på siden «Valgene dine», fra adressen /{site}/receipts/{id} eller med programmet: samtykke log prove {site} {id}. Programmet kan også kontrollere at loggen ennå begynner med sjekkpunktet: samtykke log verify {site} --kept FIL',
    extra: 'Linjen som begynner med «extra», mangler eller er ikke gyldig base64.',
    empty: 'Den har ikke noe valg i seg.',
    index: 'Linjen som begynner med «index», mangler eller er ikke et helt tall.',
    path: 'Linje {line} er ikke 32 byte i base64.',
    end: 'Sjekkpunktet mangler. Det skal stå etter en tom linje.',
    note: 'Sjekkpunktet er ikke en signert tekst.',
    checkpoint: 'Sjekkpunktet har ikke navn, størrelse og rot slik det skal.',
    cut: 'Valget slutter før felt {field} ({name}) er ferdig.',
    field: 'Felt {field} ({name}) har ikke den formen det skal ha.',
    more: 'Det står noe etter det siste feltet.',
    key_form: 'Linje {line} er ikke en nøkkel: navn, nummer og base64 med + imellom.',
    key_private:
      'Linje {line} er den hemmelige nøkkelen, som aldri skal ut av serveren. Si fra til den som driver den: Loggen trenger en ny nøkkel.',
    key_id:
      'Nummeret i nøkkelen på linje {line} passer ikke til resten. Mangler det noen tegn?',
    key_kind: 'Nøkkelen på linje {line} er av et annet slag enn Ed25519.',
    key_origin: 'Kvitteringen er fra loggen {origin}. Nøkkelen er for {names}.',
    unsigned:
      'Sjekkpunktet er ikke signert med nøkkelen du oppga (nummer {given}), men med {found}.',
    forged: 'Signaturen til {name} passer ikke til sjekkpunktet. Et av dem er endret.',
    witness_twice: 'Vitnet {name} er oppgitt to ganger. Hvert vitne teller én gang.',
    quorum: '{required} av {all} vitner går ikke an.',
    unwitnessed:
      'Vitner: {count} av {all} har signert. Minst {required} skal ha gjort det.',
    outside: 'Nummer {index} finnes ikke i en logg med {size} oppføringer.',
    length: 'Veien har {count} ledd. Det skal være et annet antall.',
    root: 'Veien fører ikke til roten i sjekkpunktet. Valget, saltet, nummeret eller veien er endret.',
    beside: 'Ved siden av beviset er «{name}» {said}. Loggen har {log}.',
    ed25519:
      'Denne nettleseren kjenner ikke signaturer av slaget Ed25519. Bruk en nyere utgave eller en annen nettleser.',
    subtle:
      'Nettleseren regner bare på sider som er åpnet med https eller fra disken. Lagre siden, og åpne den fra disken.',
    unexpected: 'Noe gikk galt i selve kontrollen.',
  },

  says: 'Dette sier kvitteringen',
  says_unproven: 'Kvitteringen er ikke godkjent. Det som står her, kan være endret.',
  about_choice: 'Valget',
  about_shown: 'Det som ble vist',
  about_receipt: 'Kvitteringen',
  about_log: 'Loggen',
  organisation: 'Virksomhet',
  site: 'Nettsted',
  time: 'Tidspunkt',
  outcome: 'Svar',
  choice: 'Valgt',
  method: 'Måte',
  layer: 'Hvor',
  language: 'Språk',
  gpc: 'Signal fra nettleseren',
  notice: 'Versjon',
  notice_hash: 'Kontrollsum for versjonen (SHA-256)',
  bundle: 'Skript',
  bundle_hash: 'Kontrollsum for skriptet (SHA-256)',
  id: 'Kvitteringsnummer',
  previous: 'Forrige kvittering',
  visitor: 'Avtrykk av nøkkelen din',
  skew: 'Klokken i nettleseren',
  raw: 'Valget, tegn for tegn',
  origin: 'Navn',
  index: 'Plass i loggen',
  size: 'Oppføringer i loggen da',
  root: 'Rot: kontrollsum for hele loggen (SHA-256)',
  leaf: 'Blad: kontrollsum for dette valget (SHA-256)',
  signatures: 'Signert av',
  yes: 'ja',
  no: 'nei',
  nothing: 'Ingenting',
  unreadable_choice: 'Kan ikke leses. Se «Valget, tegn for tegn».',
  index_text: '{index} (telles fra 0)',
  previous_none: 'Ingen, dette er den første',
  visitor_none: 'Ikke lagret',
  skew_none: 'Som serverens',
  skew_ahead: '{seconds} sekunder foran serverens',
  skew_behind: '{seconds} sekunder etter serverens',
  gpc_yes: 'Ba om ikke å bli fulgt (Global Privacy Control)',
  gpc_no: 'Ingen',
  key_number: 'nøkkelnummer {id}',
  signed: {
    holds: 'kontrollert, holder',
    fails: 'holder ikke',
    unknown: 'ikke kontrollert',
  },
  category: {
    necessary: 'Nødvendige',
    functional: 'Funksjonelle',
    statistics: 'Statistikk',
    marketing: 'Markedsføring',
  },
  outcomes: {
    given: 'Ja',
    partly_given: 'Delvis ja',
    refused: 'Nei',
    withdrawn: 'Trukket tilbake',
    expired: 'Utløpt',
  },
  methods: {
    accept_all: 'Godtok alle',
    reject_all: 'Avslo alle',
    save: 'Lagret egne valg',
    withdraw: 'Trakk samtykket tilbake',
    placeholder_once: 'Viste innholdet én gang',
    placeholder_always: 'Slo på innholdet der det står',
    signal: 'Signal fra nettleseren',
    api: 'Knapp eller skript på nettstedet',
    expiry: 'Valget gikk ut på dato',
  },
  layers: {
    first: 'I spørsmålet',
    second: 'I panelet med alle valgene',
    placeholder: 'Der innholdet står',
    page: 'På siden selv',
  },
  proves: 'Hva dette viser',
  proves_unchanged:
    'Valget ble skrevet i loggen før loggen signerte. Innhold og tidspunkt kan ikke være endret etterpå.',
  proves_not:
    'Det viser ikke hvem som valgte, og heller ikke om noe nytt er valgt senere.',
  proves_witness:
    'At alle får se den samme loggen, viser signaturer fra vitner. De blir kontrollert når du limer inn nøklene deres også.',
  about: 'Om denne siden',
  about_copy:
    'Siden er én fil. Lagre den, så virker den fra disken, også uten nett og når nettstedet er borte.',
  about_trust:
    'Skal du kontrollere den som driver serveren, bør du ikke hente siden derfra. Få den av noen du stoler på, eller lag den med programmet: samtykke log verifier -o verify.html',
  about_pack:
    'Siden kontrollerer kvitteringer, én eller mange. En hel revisjonspakke (ZIP), med skript, versjoner av teksten og alle valg, kontrollerer programmet: samtykke log verify --pack FIL --key NØKLER. En enkelt kvittering fra pakken får du med: samtykke log prove',
  about_format:
    'Kvitteringen følger C2SP tlog-proof, så andre programmer kan kontrollere den også.',
}
