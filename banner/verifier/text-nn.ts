import type { Words } from './texts.ts'

export const nn: Words = {
  skip: 'Hopp til innhaldet',
  languages: 'Språk',
  heading: 'Kontroller ei kvittering',
  lede: 'Nettstader som bruker Samtykke, gir ei kvittering for valet du gjer. Her ser du kva kvitteringa seier, og om valet står uendra i loggen.',
  local:
    'Alt blir rekna ut i nettlesaren din. Sida hentar ingenting, sender ingenting og verkar utan nett.',
  receipt: 'Kvitteringa',
  receipt_hint:
    'Vel fila (.tlog-proof, eller JSON med alle vala dine), slepp henne på sida, eller lim inn heile teksten.',
  receipt_choose: 'Vel kvittering',
  receipt_missing: 'Lim inn ei kvittering, eller vel fila.',
  keys: 'Nøkkelen til loggen',
  keys_hint:
    'Lim inn nøkkelen, eller vel fila. Er det fleire, står dei på kvar si linje. Ein nøkkel ser slik ut:',
  keys_choose: 'Vel nøkkelfil',
  keys_missing: 'Lim inn nøkkelen til loggen, eller vel fila.',
  where: 'Kvar finn eg nøkkelen?',
  where_why:
    'Hent nøkkelen frå ein annan stad enn kvitteringa. Elles kan den som har laga ei falsk kvittering, ha laga ein nøkkel som passar.',
  where_declaration: 'I erklæringa på nettstaden, der alt som blir lagra, er beskrive.',
  where_earlier:
    'Har du ei kvittering frå før, skal namnet og nøkkelnummeret i henne vere dei same, heilt til loggen får ein ny nøkkel.',
  where_authority: 'Hos tilsynsstyresmakta, eller andre som har teke vare på han.',
  required: 'Kor mange av vitna skal ha signert?',
  required_hint: 'Tomt felt: meir enn halvparten.',
  check: 'Kontroller',
  read: '{name} er lesen.',
  unreadable: '{name} kan ikkje lesast som tekst.',
  pack: '{name} ser ut som ei heil revisjonspakke (ZIP). Sida kontrollerer berre einskilde kvitteringar. Kontroller pakka med programmet: samtykke log verify --pack {name} --key NØKLAR',

  verdict: {
    holds: 'Kvitteringa held',
    fails: 'Kvitteringa held ikkje',
    unknown: 'Kan ikkje kontrollerast',
  },
  holds_text:
    'Valet står i loggen {origin}, med nummer {index}. Loggen har signert det med nøkkelen du oppgav, og det er ikkje endra sidan.',
  fails_text: 'Steg {number} held ikkje: «{step}».',
  unknown_text:
    'Steg {number} kan ikkje kontrollerast: «{step}». Det seier ikkje at noko er gale, men rekn ikkje kvitteringa som godkjend.',
  repair_receipt:
    'Vel fila som sluttar på .tlog-proof, slik du lagra henne, eller lim inn heile teksten.',
  repair_keys:
    'Hent nøklane til loggen på nytt, og lim inn alle linjene. Dei står på tenaren til nettstaden, på adressa som sluttar på /log/keys.',
  several:
    'Fila har {all} kvitteringar. Held: {holds}. Held ikkje: {fails}. Kan ikkje kontrollerast: {unknown}.',
  unproven: 'Ikkje bevist av nokon logg: {others}.',
  unknown_signer:
    'Valet passar til sjekkpunktet i kvitteringa, men kven som har laga sjekkpunktet, er ikkje kontrollert.',
  steps: 'Steg for steg',
  step: {
    text: 'Teksten er ei heil kvittering',
    record: 'Valet er skrive slik loggen skriv val',
    key: 'Nøkkelen er for denne loggen',
    signature: 'Loggen har signert',
    tree: 'Valet står i loggen',
    witness: 'Vitne har signert',
    beside: 'Det som står ved sida av beviset, seier det same',
  },
  done: {
    text: 'Salt, val, nummer, veg og sjekkpunkt er på plass.',
    record: 'Alle dei 17 felta har den forma dei skal ha.',
    key: 'Nøkkelen ber namnet til loggen, og nøkkelnummeret stemmer.',
    signature: 'Signaturen (Ed25519) passar til sjekkpunktet.',
    tree: 'Vegen frå valet ({count} ledd) fører til rota i sjekkpunktet.',
    witness:
      'Vitne: {count} av {all} har signert det same sjekkpunktet. Minst {required} skal ha gjort det.',
    beside: 'Det loggen har av det, er likt. Dette viser ingen logg: {others}.',
  },
  state: { holds: 'Held', fails: 'Held ikkje', unknown: 'Ikkje kontrollert' },
  why: {
    size: 'Teksten er for lang til å vere ei kvittering.',
    header: 'Han byrjar ikkje med linja «{header}».',
    json: 'Dette er inga kvittering, men JSON utan bevis i seg.',
    twice: 'Namnet «{name}» står to gonger, eller nesten: fila er endra.',
    answered:
      'Dette er svaret på valet {id}, utan vegen til det signerte sjekkpunktet. Hent heile kvitteringa på sida «Vala dine».',
    extra: 'Linja som byrjar med «extra», manglar eller er ikkje gyldig base64.',
    empty: 'Han har ikkje noko val i seg.',
    index: 'Linja som byrjar med «index», manglar eller er ikkje eit heilt tal.',
    path: 'Linje {line} er ikkje 32 byte i base64.',
    end: 'Sjekkpunktet manglar. Det skal stå etter ei tom linje.',
    note: 'Sjekkpunktet er ikkje ein signert tekst.',
    checkpoint: 'Sjekkpunktet har ikkje namn, storleik og rot slik det skal.',
    cut: 'Valet sluttar før felt {field} ({name}) er ferdig.',
    field: 'Felt {field} ({name}) har ikkje den forma det skal ha.',
    more: 'Det står noko etter det siste feltet.',
    key_form: 'Linje {line} er ikkje ein nøkkel: namn, nummer og base64 med + imellom.',
    key_private:
      'Linje {line} er den hemmelege nøkkelen, som aldri skal ut av tenaren. Sei frå til den som driv han: Loggen treng ein ny nøkkel.',
    key_id:
      'Nummeret i nøkkelen på linje {line} passar ikkje til resten. Manglar det nokre teikn?',
    key_kind: 'Nøkkelen på linje {line} er av eit anna slag enn Ed25519.',
    key_origin: 'Kvitteringa er frå loggen {origin}. Nøkkelen er for {names}.',
    unsigned:
      'Sjekkpunktet er ikkje signert med nøkkelen du oppgav (nummer {given}), men med {found}.',
    forged:
      'Signaturen til {name} passar ikkje til sjekkpunktet. Eitt av dei er endra.',
    witness_twice: 'Vitnet {name} er oppgjeve to gonger. Kvart vitne tel éin gong.',
    quorum: '{required} av {all} vitne går ikkje an.',
    unwitnessed:
      'Vitne: {count} av {all} har signert. Minst {required} skal ha gjort det.',
    outside: 'Nummer {index} finst ikkje i ein logg med {size} oppføringar.',
    length: 'Vegen har {count} ledd. Det skal vere eit anna tal.',
    root: 'Vegen fører ikkje til rota i sjekkpunktet. Valet, saltet, nummeret eller vegen er endra.',
    beside: 'Ved sida av beviset er «{name}» {said}. Loggen har {log}.',
    ed25519:
      'Denne nettlesaren kjenner ikkje signaturar av slaget Ed25519. Bruk ei nyare utgåve eller ein annan nettlesar.',
    subtle:
      'Nettlesaren reknar berre på sider som er opna med https eller frå disken. Lagre sida, og opne henne frå disken.',
    unexpected: 'Noko gjekk gale i sjølve kontrollen.',
  },

  says: 'Dette seier kvitteringa',
  says_unproven: 'Kvitteringa er ikkje godkjend. Det som står her, kan vere endra.',
  about_choice: 'Valet',
  about_shown: 'Det som vart vist',
  about_receipt: 'Kvitteringa',
  about_log: 'Loggen',
  organisation: 'Verksemd',
  site: 'Nettstad',
  time: 'Tidspunkt',
  outcome: 'Svar',
  choice: 'Valt',
  method: 'Måte',
  layer: 'Kvar',
  language: 'Språk',
  gpc: 'Signal frå nettlesaren',
  notice: 'Versjon',
  notice_hash: 'Kontrollsum for versjonen (SHA-256)',
  bundle: 'Skript',
  bundle_hash: 'Kontrollsum for skriptet (SHA-256)',
  id: 'Kvitteringsnummer',
  previous: 'Førre kvittering',
  visitor: 'Avtrykk av nøkkelen din',
  skew: 'Klokka i nettlesaren',
  raw: 'Valet, teikn for teikn',
  origin: 'Namn',
  index: 'Plass i loggen',
  size: 'Oppføringar i loggen då',
  root: 'Rot: kontrollsum for heile loggen (SHA-256)',
  leaf: 'Blad: kontrollsum for dette valet (SHA-256)',
  signatures: 'Signert av',
  yes: 'ja',
  no: 'nei',
  nothing: 'Ingenting',
  unreadable_choice: 'Kan ikkje lesast. Sjå «Valet, teikn for teikn».',
  index_text: '{index} (tel frå 0)',
  previous_none: 'Inga vart send med',
  visitor_none: 'Ikkje lagra',
  skew_none: 'Som tenaren si',
  skew_ahead: '{seconds} sekund framfor tenaren si',
  skew_behind: '{seconds} sekund etter tenaren si',
  gpc_yes: 'Bad om ikkje å bli følgd (Global Privacy Control)',
  gpc_no: 'Ingen',
  key_number: 'nøkkelnummer {id}',
  signed: {
    holds: 'kontrollert, held',
    fails: 'held ikkje',
    unknown: 'ikkje kontrollert',
  },
  category: {
    necessary: 'Nødvendige',
    functional: 'Funksjonelle',
    statistics: 'Statistikk',
    marketing: 'Marknadsføring',
  },
  outcomes: {
    given: 'Ja',
    partly_given: 'Delvis ja',
    refused: 'Nei',
    withdrawn: 'Trekt tilbake',
    expired: 'Gått ut',
  },
  methods: {
    accept_all: 'Godtok alle',
    reject_all: 'Avslo alle',
    save: 'Lagra eigne val',
    withdraw: 'Trekte samtykket tilbake',
    placeholder_once: 'Viste innhaldet éin gong',
    placeholder_always: 'Slo på innhaldet der det står',
    signal: 'Signal frå nettlesaren',
    api: 'Knapp eller skript på nettstaden',
    expiry: 'Valet gjekk ut på dato',
  },
  layers: {
    first: 'I spørsmålet',
    second: 'I panelet med alle vala',
    placeholder: 'Der innhaldet står',
    page: 'På sjølve sida',
  },
  proves: 'Kva dette viser',
  proves_unchanged:
    'Valet vart skrive i loggen før loggen signerte. Innhald og tidspunkt kan ikkje vere endra etterpå.',
  proves_not:
    'Det viser ikkje kven som valde, og heller ikkje om noko nytt er valt seinare.',
  proves_witness:
    'At alle får sjå den same loggen, viser signaturar frå vitne. Dei blir kontrollerte når du limer inn nøklane deira òg.',
  about: 'Om denne sida',
  about_copy:
    'Sida er éi fil. Lagre henne, så verkar ho frå disken, òg utan nett og når nettstaden er borte.',
  about_trust:
    'Skal du kontrollere den som driv tenaren, bør du ikkje hente sida derifrå. Få henne av nokon du stoler på, eller lag henne med programmet: samtykke log verifier -o verify.html',
  about_pack:
    'Sida kontrollerer kvitteringar, éi eller mange. Ei heil revisjonspakke (ZIP) kontrollerer programmet: samtykke log verify --pack FIL --key NØKLAR. Ei einskild kvittering frå pakka får du med: samtykke log prove',
  about_format:
    'Kvitteringa følgjer C2SP tlog-proof, så andre program kan kontrollere henne òg.',
}
