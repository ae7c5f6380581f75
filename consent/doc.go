// Package consent is the vocabulary of Samtykke: its nouns, its rules and the
// ports through which they are remembered. It performs no input or output and
// imports nothing else of ours; every other package adapts it to one technology.
//
// # Glossary
//
//   - Organisation: the public body that answers for Sites (the controller).
//   - Site: a property being served, with its key and its origins.
//   - Category: the thing consented to: necessary, functional, statistics,
//     marketing, or the site's own.
//   - Service: a party acting on the page: its provider, hosts and Cookies.
//   - Cookie: one item kept on the device, whatever its storage kind.
//   - Lifetime: how long a Cookie or a Decision lives.
//   - Inventory: a site's declared Services and Cookies.
//   - Draft: the editable notice-to-be, as a site file describes it.
//   - Notice: an immutable, numbered, hashed publication of a Draft.
//   - Bundle: the built bytes of banner and Notice for one Site.
//   - Visitor: a random pseudonym that the browser makes and can throw away.
//   - Choice: granted or denied, per Category and Service.
//   - Method: how a Choice was made.
//   - Decision: Choice, Method, Notice, Visitor and time; never edited.
//   - Receipt: what the visitor can keep of a Decision.
//   - Log: the append-only sequence of a Site's Decisions.
//   - Request: what a data subject asks of the Log under GDPR art. 15 to 21,
//     with its deadline; it says nothing of who asked.
//   - Day: a calendar day in Norway, as deadlines are counted in.
package consent
