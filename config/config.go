// Package config holds what people write by hand: the settings of the server
// and the site files. Settings come from four layers, the later ones winning:
// default, file (YAML), environment (SAMTYKKE_PUBLIC_LISTEN), flag. Whatever is
// wrong is reported at once, each problem with its place and its repair.
package config

import "log/slog"

// Config is every setting of the server. The comment of each field is its
// entry in the manual and in examples/config.yaml; its default is in Default.
type Config struct {
	// Public is the listener that visitors reach: the script, their decisions
	// and the cookie declaration.
	Public Public `yaml:"public"`
	// Admin is the listener for the people who answer for consent: the
	// administration.
	Admin Admin `yaml:"admin"`
	// Debug is the listener for those who run the server: metrics, health and
	// profiles. It asks for no password, so keep it off the open network.
	Debug Debug `yaml:"debug"`
	// Storage is where everything is remembered.
	Storage Storage `yaml:"storage"`
	// Witness is about witnesses: other installations that see this one's ledger
	// grow, and those that this one sees. "samtykke help ledger" tells how three
	// municipalities do it, and "samtykke log witness" shows the keys.
	Witness Witness `yaml:"witness"`
	// Cache keeps what is read often close at hand. It is never the truth:
	// without it, or with a broken one, everything still works.
	Cache Cache `yaml:"cache"`
	// Texts are what banner and panel say.
	Texts Texts `yaml:"texts"`
	// Notices are what is published.
	Notices Notices `yaml:"notices"`
	// Notify is who is told, by e-mail or webhook, when somebody must act, and
	// each Monday how the week was. "samtykke help notifications" tells of what;
	// "samtykke notify test" tries it. Empty means that it stands in the server's
	// log alone.
	Notify Notify `yaml:"notify"`
	// Limits protect the server and its disk from floods.
	Limits Limits `yaml:"limits"`
	// Log is what the server tells about itself, on standard error. It never
	// holds addresses of visitors.
	Log Log `yaml:"log"`
}

// Public is the listener that visitors reach.
type Public struct {
	// Listen is the address and port to listen on, as host:port. An empty host
	// means every address of the machine; port 0 takes a free port.
	Listen string `yaml:"listen"`
	// URL is the address at which visitors reach this listener, such as
	// https://samtykke.example.no: scheme, host and port, nothing after them.
	// It goes into the script tags and permanent links that Samtykke writes, and
	// is never guessed from a request. Empty means that links are relative.
	URL URL `yaml:"url"`
	// TrustedProxies are the reverse proxies in front of the server: addresses
	// (10.0.0.4) or networks (10.0.0.0/8). Only they are believed when they say
	// which address a visitor has. Without any, one network address may hold 256
	// connections. Needs proxy_header.
	TrustedProxies []string `yaml:"trusted_proxies"`
	// ProxyHeader is the request header in which the trusted proxies put the
	// visitor's address, such as X-Real-IP. The proxy must replace what the
	// visitor sent in it. The address is used for limits, in memory only.
	// Needs trusted_proxies. Empty means that there is no proxy.
	ProxyHeader string `yaml:"proxy_header"`
}

// Admin is the listener for the people who answer for consent.
type Admin struct {
	// Listen is the address and port to listen on, as host:port. Put a reverse
	// proxy with TLS before it: browsers send the login over HTTPS alone, or to
	// localhost. Empty means that there is no administration.
	Listen string `yaml:"listen"`
	// URL is the address at which people reach the administration, such as
	// https://samtykke-admin.example.no: scheme, host and port, nothing after
	// them. One-time links are written with it, and forms are only taken from
	// pages of it. Empty means http://localhost and the port.
	URL URL `yaml:"url"`
	// Origins is with which addresses sites are published on the pages and in the
	// API: any, or proven (the organisation has shown that it controls each, with a
	// record in the DNS or a file on its web server). Commands on this machine are
	// not held to it.
	Origins Origins `yaml:"origins"`
	// OIDC is a provider at which people log in, such as Entra ID or Keycloak
	// (OpenID Connect). "samtykke help administration" tells how it is set up.
	OIDC OIDC `yaml:"oidc"`
}

// OIDC is a provider at which people log in.
type OIDC struct {
	// Issuer is the provider's address, exactly as it writes it itself, such as
	// https://login.microsoftonline.com/TENANT/v2.0 with the id of your own tenant.
	// The server asks this host alone, over https but for this machine. Empty means
	// that people log in with passwords and passkeys. Needs client_id,
	// client_secret, name and admin.url.
	Issuer string `yaml:"issuer"`
	// ClientID is what the provider calls Samtykke. The address that it is to send
	// people back to is admin.url with /login/return after it.
	ClientID string `yaml:"client_id"`
	// ClientSecret is what Samtykke shows the provider. Secret.
	ClientSecret Secret `yaml:"client_secret"`
	// Name is what people call the provider, such as Microsoft. It stands on the
	// button: "Log in with Microsoft".
	Name string `yaml:"name"`
	// Require are claims that the provider must tell of a person, each as
	// name=value, such as tid=0a1b2c3d-0000-0000-0000-000000000000 for one tenant or
	// groups=samtykke for one group. They keep others out, and give no role. Empty
	// means that a link to an account is enough.
	Require []string `yaml:"require"`
	// Factor is who sees to the second factor where an organisation asks for one:
	// own (Samtykke, as with passwords) or provider (it is asked for there, always).
	Factor OIDCFactor `yaml:"factor"`
}

// Debug is the listener for those who run the server.
type Debug struct {
	// Listen is the address and port to listen on, as host:port. Empty means
	// that there is no such listener.
	Listen string `yaml:"listen"`
}

// Storage is where everything is remembered.
type Storage struct {
	// SQLite is the database file, the storage engine that needs no other program.
	SQLite SQLite `yaml:"sqlite"`
	// Ledger is what makes the log verifiable.
	Ledger Ledger `yaml:"ledger"`
	// Queue is how many decisions may wait to be written at the same time.
	// Further ones are answered with 503 and a time to come back, which the
	// banner does by itself. At least 1.
	Queue int `yaml:"queue"`
}

// SQLite is the database file.
type SQLite struct {
	// Path is the database file, relative to the working directory. It is
	// made when it does not exist. It must lie on a local disk, not on a
	// network share: SQLite's locks do not hold there.
	Path string `yaml:"path"`
}

// Ledger is what makes the log verifiable.
type Ledger struct {
	// Keys is the folder of the signing keys, made on first use. Back it up apart
	// from the database: whoever has both can forge the log. The administration's
	// own key lies there, too (admin.secret): without it authenticator apps have to
	// be set up anew. Empty means the folder "keys" beside the database.
	Keys string `yaml:"keys"`
	// Anchor is the file that holds the newest signed checkpoint of every site, so
	// that a database which was put back from an old copy is refused. Keep it on
	// another disk than the database, and out of its backups. Whoever changes this
	// moves the file too: without it no server starts on a database that has
	// decisions. Empty means the database's path with ".anchor" after it.
	Anchor string `yaml:"anchor"`
	// Erasures is the journal of what was erased. A database that is put back
	// from a backup forgets it again when the server starts. Keep it out of the
	// backups of the database. Empty means the database's path with ".erasures"
	// after it.
	Erasures string `yaml:"erasures"`
}

// Witness is about witnesses.
type Witness struct {
	// Watch are the ledgers that this server is a witness of: the ledger keys of
	// other installations. It answers them at /witness/add-checkpoint. Empty means
	// that it is no witness.
	Watch []string `yaml:"watch"`
	// Ask are the witnesses of this server's own ledger, each as its address and
	// its witness key with a space between, such as
	// "https://samtykke.nabo.no/witness samtykke.nabo.no/witness+0a1b2c3d+BA…". No
	// decision waits for them. The address is https, but for this machine.
	Ask []string `yaml:"ask"`
	// Required is how many of the witnesses must have signed before receipts carry
	// their signatures. 0 means more than half of them.
	Required int `yaml:"required"`
	// Every is how many seconds pass between two times that the witnesses are
	// asked. At least 1.
	Every int `yaml:"every"`
}

// Cache keeps what is read often close at hand.
type Cache struct {
	// Entries is how many notices, and how many pages of the declaration, are
	// kept in the memory of the process. A site in use needs one notice, and one
	// page per language. At least 1.
	Entries int `yaml:"entries"`
	// Redis is a cache shared by several servers. One server needs none.
	Redis Redis `yaml:"redis"`
}

// Redis is a cache shared by several servers.
type Redis struct {
	// URL is where Redis is, such as rediss://samtykke:password@redis.example.no:6379/0
	// (rediss is Redis over TLS). Secret, because it may hold a password.
	// Empty means that Redis is not used. Needs key.
	URL Secret `yaml:"url"`
	// Key signs what is put into Redis, so that nobody else who can write there
	// can put a script of their own on your pages. Secret, at least 32
	// characters, the same on every server, such as the output of
	// "openssl rand -base64 32". Needs url.
	Key Secret `yaml:"key"`
	// Prefix starts every key in Redis, for those who share one Redis between
	// several installations.
	Prefix string `yaml:"prefix"`
}

// Texts are what banner and panel say.
type Texts struct {
	// Corrections is a folder of texts that take the place of the program's own,
	// one file per language, such as se.json. It is read when the program starts;
	// a file with a fault stops it. "samtykke help languages" tells what stands in
	// a file. Empty means that there is none.
	Corrections string `yaml:"corrections"`
}

// Notices are what is published.
type Notices struct {
	// Pictures is whether a running server takes pictures of the banner after
	// something was published on the pages, through the API or at its time: auto
	// (where it finds Chromium or Chrome, one notice after the other, while visitors
	// are served) or off. What was published before the server started is not
	// pictured by itself: samtykke notice pictures SITE N.
	Pictures Pictures `yaml:"pictures"`
}

// Notify is who is told when somebody must act.
type Notify struct {
	// To are the e-mail addresses that are told, each in a message of its own.
	// Needs mail.server.
	To []string `yaml:"to"`
	// Language is that of the messages: nb, nn or en.
	Language NotifyLanguage `yaml:"language"`
	// Mail is the mail server that messages are handed to.
	Mail Mail `yaml:"mail"`
	// Webhook is an address of yours that is told as well.
	Webhook Webhook `yaml:"webhook"`
}

// Mail is the mail server that messages are handed to.
type Mail struct {
	// Server is the mail server as host:port, such as smtp.example.no:587. Empty
	// means that no e-mail is sent. Needs from, and notify.to.
	Server string `yaml:"server"`
	// From is the address that messages come from, such as samtykke@example.no.
	From string `yaml:"from"`
	// User is the name to log in with. Empty means that the server asks for none.
	// Needs password.
	User string `yaml:"user"`
	// Password is what to log in with. Secret. Needs user.
	Password Secret `yaml:"password"`
	// TLS is how the connection is protected: starttls (port 587, or 25), implicit
	// (port 465), or none, which is taken for this machine alone. A server without
	// TLS, or with a certificate that is not its own, gets nothing.
	TLS MailTLS `yaml:"tls"`
}

// Webhook is an address that is told with a signed request.
type Webhook struct {
	// URL is where messages are posted as JSON, such as
	// https://example.no/hooks/samtykke. The address is https, but for this
	// machine, and is not redirected. Needs key.
	URL string `yaml:"url"`
	// Key signs each request (HMAC-SHA256 over its time and body). Secret, at
	// least 32 characters, such as the output of "openssl rand -base64 32". Needs
	// url.
	Key Secret `yaml:"key"`
}

// Limits protect the server and its disk from floods.
type Limits struct {
	// DecisionsPerMinute is how many decisions one network address (IPv4
	// address, or IPv6 /64) may send in a minute. Further ones get 429 and a
	// time to come back. A school or an office often shares one address. At
	// least 1.
	DecisionsPerMinute int `yaml:"decisions_per_minute"`
	// SitePerDay is how many decisions one site may store in a day (UTC). What
	// comes beyond gets 503 and a time to come back, until midnight; the banner
	// keeps the choice and comes back by itself. One network address may store a
	// twentieth of it, and gets 429 beyond. Repeats do not count. At least 1.
	SitePerDay int `yaml:"site_per_day"`
}

// Log is what the server tells about itself.
type Log struct {
	// Level is the least important line that is written: debug, info, warn or
	// error.
	Level slog.Level `yaml:"level"`
	// Format is text (for people) or json (for log collectors).
	Format LogFormat `yaml:"format"`
}
