import type { Words } from './texts.ts'

/** Awaiting review by a native reader of Northern Sami. */
export const se: Words = {
  skip: 'Mana sisdollui',
  languages: 'Giella',
  heading: 'Dárkkis duođaštusa',
  lede: 'Neahttabáikkit mat geavahit Samtykke, addet duođaštusa du válljejumis. Dás oainnát maid duođaštus dadjá, ja lea go válljejupmi loggas rievdatkeahttá.',
  local:
    'Visot rehkenasto du neahttalohkkis. Siidu ii viečča maidege, ii sádde maidege ja doaibmá neahta haga.',
  receipt: 'Duođaštus',
  receipt_hint:
    'Vállje fiilla (.tlog-proof, dahje JSON mas leat buot válljemat), luoitte dan siidui, dahje liibme olles teavstta.',
  receipt_choose: 'Vállje duođaštusa',
  receipt_missing: 'Liibme duođaštusa, dahje vállje fiilla.',
  keys: 'Logga čoavdda',
  keys_hint:
    'Liibme čoavdaga, dahje vállje fiilla. Jos leat máŋga, de lea juohke čoavdda iežas linnjás. Čoavdda lea dán láhkái:',
  keys_choose: 'Vállje čoavddafiilla',
  keys_missing: 'Liibme logga čoavdaga, dahje vállje fiilla.',
  where: 'Gos gávnnan čoavdaga?',
  where_why:
    'Viečča čoavdaga eará sajis go duođaštusas. Muđui sáhttá son gii lea ráhkadan boasttu duođaštusa, leat ráhkadan čoavdaga mii heive dasa.',
  where_declaration:
    'Neahttabáikki julggaštusas, gos lea čilgejuvvon visot mii vurkejuvvo.',
  where_earlier:
    'Jos dus lea ovddit duođaštus, de galget namma ja čoavddanummir das leat seammát, dassážii go loggii boahtá ođđa čoavdda.',
  where_authority:
    'Bearráigeahččaneiseválddis, dahje earáin geat leat vurken čoavdaga.',
  required: 'Man galle duođaštaddji galget leat vuolláičállán?',
  required_hint: 'Guoros gieddi: eambbo go bealli.',
  check: 'Dárkkis',
  read: '{name} lea lohkkojuvvon.',
  unreadable: '{name} ii sáhte lohkkojuvvot teakstan.',
  pack: '{name} orru leamen olles revišuvdnapáhkka (ZIP). Siidu dárkkista dušše ovttaskas duođaštusaid. Dárkkis páhka prográmmain: samtykke log verify --pack {name} --key ČOAVDAGAT',

  verdict: {
    holds: 'Duođaštus doallá',
    fails: 'Duođaštus ii doala',
    unknown: 'Ii sáhte dárkkistit',
  },
  holds_text:
    'Válljejupmi lea loggas {origin}, nummir {index}. Logga lea vuolláičállán dan čoavdagiin maid addet, ii ge dat leat rievdaduvvon dan maŋŋá.',
  fails_text: 'Lávki {number} ii doala: «{step}».',
  unknown_text:
    'Lávkki {number} ii sáhte dárkkistit: «{step}». Dat ii mearkkaš ahte juoga lea boastut, muhto ale ane duođaštusa dohkkehuvvon.',
  repair_receipt:
    'Vállje fiilla mii loahppá .tlog-proof, nugo vurkejit dan, dahje liibme olles teavstta.',
  repair_keys:
    'Viečča logga čoavdagiid ođđasit, ja liibme buot linnjáid. Dat leat neahttabáikki bálvvás, čujuhusas mii loahppá /log/keys.',
  several:
    'Fiillas leat {all} duođaštusa. Dollet: {holds}. Eai doala: {fails}. Ii sáhte dárkkistit: {unknown}.',
  unproven: 'Ii leat duođaštuvvon, danne go ii leat mange loggas: {others}.',
  unknown_signer:
    'Válljejupmi heive duođaštusa dárkkistančuoggái, muhto ii leat dárkkistuvvon gii lea ráhkadan dárkkistančuoggá.',
  steps: 'Lávki lávkkis',
  step: {
    text: 'Teaksta lea olles duođaštus',
    record: 'Válljejupmi lea čállojuvvon nu movt logga čállá',
    key: 'Čoavdda gullá dán loggii',
    signature: 'Logga lea vuolláičállán',
    tree: 'Válljejupmi lea loggas',
    witness: 'Duođaštaddjit leat vuolláičállán',
    beside: 'Mii lea duođaštusa bálddas, dadjá seamma',
  },
  done: {
    text: 'Sálti, válljejupmi, nummir, geaidnu ja dárkkistančuokkis leat dás.',
    record: 'Buot 17 gieddis lea dat hápmi mii galgá leat.',
    key: 'Čoavdagis lea logga namma, ja čoavddanummir lea riekta.',
    signature: 'Vuolláičála (Ed25519) heive dárkkistančuoggái.',
    tree: 'Geaidnu válljejumis ({count} lađđasa) doalvu ruohttasii dárkkistančuoggás.',
    witness:
      'Duođaštaddjit: {count}/{all} leat vuolláičállán seamma dárkkistančuoggá. Unnimusat {required} galget leat dan dahkan.',
    beside: 'Mii loggas lea das, lea seamma. Dán ii čájet mihkkege logga: {others}.',
  },
  state: { holds: 'Doallá', fails: 'Ii doala', unknown: 'Ii dárkkistuvvon' },
  why: {
    size: 'Teaksta lea menddo guhkki leat duođaštus.',
    header: 'Dat ii álgge linnjáin «{header}».',
    json: 'Dát ii leat duođaštus, muhto JSON man siste ii leat duođaštanmateriála.',
    twice: 'Namma «{name}» lea guktii, dahje measta: fiila lea rievdaduvvon.',
    answered:
      'Dát lea vástádus válljemii {id}, geainnu haga vuolláičállojuvvon dárkkistančuoggái. Viečča olles duođaštusa siiddus «Du válljemat».',
    extra: 'Linnjá mii álgá «extra», váilu dahje ii leat dohkálaš base64.',
    empty: 'Das ii leat válljejupmi.',
    index: 'Linnjá mii álgá «index», váilu dahje ii leat olles lohku.',
    path: 'Linnjá {line} ii leat 32 byte base64-hámis.',
    end: 'Dárkkistančuokkis váilu. Dat galgá boahtit guoros linnjá maŋŋil.',
    note: 'Dárkkistančuokkis ii leat vuolláičállojuvvon teaksta.',
    checkpoint:
      'Dárkkistančuoggás ii leat namma, sturrodat ja ruohtas nu movt galggašii.',
    cut: 'Válljejupmi nohká ovdal go gieddi {field} ({name}) lea gárvvis.',
    field: 'Gieddis {field} ({name}) ii leat dat hápmi mii galgá leat.',
    more: 'Maŋimuš giettis maŋŋil boahtá vel juoga.',
    key_form:
      'Linnjá {line} ii leat čoavdda: namma, nummir ja base64, main lea + gaskkas.',
    key_private:
      'Linnjá {line} lea čiegus čoavdda, mii ii goassege galgga bálvvás eret. Dieđit dasa gii doaimmaha bálvvá: Logga dárbbaša ođđa čoavdaga.',
    key_id:
      'Nummir čoavdagis linnjás {line} ii heive eará osiide. Váilot go muhtun mearkkat?',
    key_kind: 'Čoavdda linnjás {line} lea eará šládja go Ed25519.',
    key_origin: 'Duođaštus lea loggas {origin}. Čoavdda gullá: {names}.',
    unsigned:
      'Dárkkistančuokkis ii leat vuolláičállojuvvon čoavdagiin maid addet (nummir {given}), muhto dáinna: {found}.',
    forged:
      'Vuolláičála {name} ii heive dárkkistančuoggái. Nubbi dain lea rievdaduvvon.',
    witness_twice:
      'Duođaštaddji {name} lea guokte geardde. Juohke duođaštaddji rehkenasto oktii.',
    quorum: '{required}/{all} duođaštaddji ii leat vejolaš.',
    unwitnessed:
      'Duođaštaddjit: {count}/{all} leat vuolláičállán. Unnimusat {required} galget leat dan dahkan.',
    outside: 'Nummir {index} ii gávdno loggas mas leat {size} merkenlági.',
    length: 'Geainnus leat {count} lađđasa. Galggašii leat eará lohku.',
    root: 'Geaidnu ii doalvvo ruohttasii dárkkistančuoggás. Válljejupmi, sálti, nummir dahje geaidnu lea rievdaduvvon.',
    beside: 'Duođaštusa bálddas lea «{name}» {said}. Loggas lea {log}.',
    ed25519:
      'Dát neahttalohkki ii dovdda Ed25519-vuolláičállagiid. Geavat ođđaset veršuvnna dahje eará neahttalohkki.',
    subtle:
      'Neahttalohkki rehkenastá dušše siidduin mat leat rahppojuvvon https:in dahje skearrus. Vurke siiddu, ja raba dan skearrus.',
    unexpected: 'Juoga manai boastut dárkkisteamis.',
  },

  says: 'Dán duođaštus dadjá',
  says_unproven:
    'Duođaštus ii leat dohkkehuvvon. Dat mii dás čuožžu, sáhttá leat rievdaduvvon.',
  about_choice: 'Válljejupmi',
  about_shown: 'Dat mii čájehuvvui',
  about_receipt: 'Duođaštus',
  about_log: 'Logga',
  organisation: 'Doaimmahat',
  site: 'Neahttabáiki',
  time: 'Áigi',
  outcome: 'Vástádus',
  choice: 'Válljejuvvon',
  method: 'Vuohki',
  layer: 'Gos',
  language: 'Giella',
  gpc: 'Signála neahttalohkkis',
  notice: 'Veršuvdna',
  notice_hash: 'Veršuvnna dárkkistanlohku (SHA-256)',
  bundle: 'Skripta',
  bundle_hash: 'Skripta dárkkistanlohku (SHA-256)',
  id: 'Duođaštusnummir',
  previous: 'Ovddit duođaštus',
  visitor: 'Du čoavdaga govva',
  skew: 'Neahttalohkki diibmu',
  raw: 'Válljejupmi, mearka mearkkas',
  origin: 'Namma',
  index: 'Sadji loggas',
  size: 'Merkenlágit loggas dalle',
  root: 'Ruohtas: olles logga dárkkistanlohku (SHA-256)',
  leaf: 'Lasta: dán válljejumi dárkkistanlohku (SHA-256)',
  signatures: 'Vuolláičállán',
  yes: 'juo',
  no: 'ii',
  nothing: 'Ii mihkkege',
  unreadable_choice: 'Ii sáhte lohkkojuvvot. Geahča «Válljejupmi, mearka mearkkas».',
  index_text: '{index} (lohkkojuvvo 0:s)',
  previous_none: 'Ii oktage sáddejuvvon mielde',
  visitor_none: 'Ii vurkejuvvon',
  skew_none: 'Seamma go bálvvá diibmu',
  skew_ahead: '{seconds} sekundda bálvvá diimmu ovddabealde',
  skew_behind: '{seconds} sekundda bálvvá diimmu maŋábealde',
  gpc_yes: 'Bivddii ahte ii čuvvojuvvo (Global Privacy Control)',
  gpc_no: 'Ii oktage',
  key_number: 'čoavddanummir {id}',
  signed: {
    holds: 'dárkkistuvvon, doallá',
    fails: 'ii doala',
    unknown: 'ii dárkkistuvvon',
  },
  category: {
    necessary: 'Dárbbašlaččat',
    functional: 'Doaimmat',
    statistics: 'Statistihkka',
    marketing: 'Márkanastin',
  },
  outcomes: {
    given: 'Juo',
    partly_given: 'Muhtumii juo',
    refused: 'Ii',
    withdrawn: 'Gessojuvvon ruovttoluotta',
    expired: 'Áigi nohkan',
  },
  methods: {
    accept_all: 'Dohkkehii buot',
    reject_all: 'Biehttalii buot',
    save: 'Vurkii iežas válljemiid',
    withdraw: 'Gesii miehtama ruovttoluotta',
    placeholder_once: 'Čájehii sisdoalu oktii',
    placeholder_always: 'Bijai sisdoalu johtui dan sajis',
    signal: 'Signála neahttalohkkis',
    api: 'Neahttabáikki boallu dahje skripta',
    expiry: 'Válljejumi áigi nogai',
  },
  layers: {
    first: 'Gažaldagas',
    second: 'Panelas mas leat buot válljemat',
    placeholder: 'Sisdoalu luhtte',
    page: 'Siiddus alddis',
  },
  proves: 'Maid dát čájeha',
  proves_unchanged:
    'Válljejupmi čállojuvvui loggii ovdal go logga vuolláičálii. Sisdoallu ja áigi eai sáhte leat rievdaduvvon dan maŋŋá.',
  proves_not: 'Dat ii čájet gii válljii, ii ge leat go juoga ođđa válljejuvvon maŋŋil.',
  proves_witness:
    'Ahte buohkat oidnet seamma logga, dan čájehit duođaštajiid vuolláičállagat. Dat dárkkistuvvojit go liibmet maid sin čoavdagiid.',
  about: 'Dán siiddu birra',
  about_copy:
    'Siidu lea okta fiila. Vurke dan, de doaibmá dat skearrus, maid neahta haga ja go neahttabáiki lea jávkan.',
  about_trust:
    'Jos dárkkistat dan gii doaimmaha bálvvá, de ale viečča siiddu doppe. Váldde dan soapmásis geasa luohtát, dahje ráhkat dan prográmmain: samtykke log verifier -o verify.html',
  about_pack:
    'Siidu dárkkista duođaštusaid, ovtta dahje máŋga. Olles revišuvdnapáhka (ZIP) dárkkista prográmma: samtykke log verify --pack FIILA --key ČOAVDAGAT. Ovttaskas duođaštusa páhkas oaččut ná: samtykke log prove',
  about_format:
    'Duođaštus čuovvu C2SP tlog-proof, nu ahte maid eará prográmmat sáhttet dan dárkkistit.',
}
