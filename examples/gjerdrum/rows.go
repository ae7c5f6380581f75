package gjerdrum

import (
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Action is what makes a cookie of the inventory appear in the demonstration.
type Action string

// The actions.
const (
	// Consent: a yes to the service's category in the banner, then the page.
	Consent Action = "consent"
	// Placeholder: the service's placeholder on the page is pressed.
	Placeholder Action = "placeholder"
	// Use: the page itself is used; Row.Press says what to press, if anything.
	Use Action = "use"
	// Planted: the front page leaves it, as a service once did that is now
	// switched off; Samtykke removes it on sight.
	Planted Action = "planted"
)

// Row says how one row of the inventory shows itself in the demonstration.
type Row struct {
	Service consent.ServiceKey
	// Pattern is the name of the cookie's pattern in the site file.
	Pattern string
	// Cookie is the name that is written.
	Cookie string
	// Age is the lifetime that the vendor writes, or the declared one where
	// the vendor's is not known; 0 for the session. Browsers cap it at 400 days.
	Age time.Duration
	// Page is where it happens, on kommune.localhost.
	Page   string
	Action Action
	// Press is a CSS selector of the button to press on the page (Use only).
	Press string
	// Host keeps the cookie; it is a third party unless it is Municipality.
	Host string
	// Path is the cookie's path.
	Path string
	// Answer is the path on Host whose response carries the Set-Cookie header.
	// Empty means that a script writes the cookie.
	Answer   string
	HTTPOnly bool
	// Domain says that the cookie is written for the host's whole domain, as
	// the vendor does, instead of for the host only.
	Domain bool
	// Obsolete rows are written only by a replica with Options.Obsolete: the
	// vendors have stopped, but the municipality declares them still.
	Obsolete bool
}

const day = 24 * time.Hour

// Rows are the inventory's 29 rows in the order of the site file.
var Rows = []Row{
	{Service: "siteimprove-analytics", Pattern: "nmstat", Cookie: "nmstat", Age: 1000 * day, Page: "/", Action: Consent, Host: Municipality, Path: "/"},
	{Service: "siteimprove-analytics", Pattern: "siteimproveses", Cookie: "siteimproveses", Page: "/", Action: Consent, Host: Municipality, Path: "/"},
	{Service: "siteimprove-analytics", Pattern: "_cfduid", Cookie: "_cfduid", Age: 365 * day, Page: "/", Action: Consent, Host: Siteimprove, Path: "/", Answer: "/js/siteanalyze_000.js", HTTPOnly: true, Obsolete: true},

	{Service: "billettlosning", Pattern: "__cfduid", Cookie: "__cfduid", Age: 365 * day, Page: "/billetter", Action: Use, Host: Municipality, Path: "/billetter", Answer: "/billetter", HTTPOnly: true, Obsolete: true},
	{Service: "billettlosning", Pattern: "PHPSESSID", Cookie: "PHPSESSID", Page: "/billetter", Action: Use, Press: "#bestill", Host: Municipality, Path: "/billetter", Answer: "/billetter/bestilling", HTTPOnly: true},
	{Service: "billettlosning", Pattern: "_ga", Cookie: "_ga", Age: 730 * day, Page: "/billetter", Action: Consent, Host: Municipality, Path: "/", Domain: true},
	{Service: "billettlosning", Pattern: "_gat", Cookie: "_gat", Age: time.Minute, Page: "/billetter", Action: Consent, Host: Municipality, Path: "/", Domain: true, Obsolete: true},
	{Service: "billettlosning", Pattern: "_gid", Cookie: "_gid", Age: day, Page: "/billetter", Action: Consent, Host: Municipality, Path: "/", Domain: true, Obsolete: true},

	{Service: "kommunekart", Pattern: "ARRAffinity", Cookie: "ARRAffinity", Page: "/kart", Action: Placeholder, Host: Map, Path: "/", Answer: "/kart", HTTPOnly: true},
	{Service: "kommunekart", Pattern: "_ga", Cookie: "_ga", Age: 730 * day, Page: "/kart", Action: Placeholder, Host: Map, Path: "/"},
	{Service: "kommunekart", Pattern: "_gat", Cookie: "_gat", Age: time.Minute, Page: "/kart", Action: Placeholder, Host: Map, Path: "/", Obsolete: true},
	{Service: "kommunekart", Pattern: "wooTracker", Cookie: "wooTracker", Age: 730 * day, Page: "/kart", Action: Placeholder, Host: Map, Path: "/"},

	{Service: "skjema", Pattern: "ASP.NET_SessionId", Cookie: "ASP.NET_SessionId", Page: "/skjema", Action: Use, Press: "#start", Host: Municipality, Path: "/skjema", Answer: "/skjema/start", HTTPOnly: true},
	{Service: "skjema", Pattern: "cult", Cookie: "cult", Page: "/skjema", Action: Placeholder, Host: Municipality, Path: "/"},

	{Service: "minside", Pattern: "ASP.NET_SessionId", Cookie: "ASP.NET_SessionId", Page: "/minside", Action: Use, Press: "#logg-inn", Host: Municipality, Path: "/minside", Answer: "/minside/logg-inn", HTTPOnly: true},

	{Service: "publisering", Pattern: "SSP-Fantdu", Cookie: "SSP-Fantdu", Page: "/tilbakemelding", Action: Placeholder, Host: Municipality, Path: "/"},
	{Service: "publisering", Pattern: "ASP.NET_SessionId", Cookie: "ASP.NET_SessionId", Page: "/tilbakemelding", Action: Use, Host: Municipality, Path: "/tilbakemelding", Answer: "/tilbakemelding", HTTPOnly: true},

	{Service: "kommune-kari", Pattern: "AWSALB", Cookie: "AWSALBCORS", Age: 7 * day, Page: "/chat", Action: Placeholder, Host: Chat, Path: "/", Answer: "/kari"},
	{Service: "kommune-kari", Pattern: "Kari-guid", Cookie: "Kari-guid", Age: 17 * time.Minute, Page: "/chat", Action: Placeholder, Host: Chat, Path: "/"},

	{Service: "youtube", Pattern: "YSC", Cookie: "YSC", Page: "/video", Action: Placeholder, Host: Video, Path: "/", Answer: "/embed/sortering", HTTPOnly: true},
	{Service: "youtube", Pattern: "GPS", Cookie: "GPS", Age: 30 * time.Minute, Page: "/video", Action: Placeholder, Host: Video, Path: "/", Answer: "/embed/sortering", Obsolete: true},
	{Service: "youtube", Pattern: "VISITOR_INFO1_LIVE", Cookie: "VISITOR_INFO1_LIVE", Age: 180 * day, Page: "/video", Action: Placeholder, Host: Video, Path: "/", Answer: "/embed/sortering", HTTPOnly: true},
	{Service: "youtube", Pattern: "PREF", Cookie: "PREF", Age: 243 * day, Page: "/video", Action: Placeholder, Host: Video, Path: "/", Answer: "/embed/sortering"},

	{Service: "kommune-tv", Pattern: "uniqueToken", Cookie: "uniqueToken", Age: 47 * day, Page: "/kommune-tv", Action: Placeholder, Host: TV, Path: "/", Answer: "/direkte"},
	{Service: "kommune-tv", Pattern: "_ga", Cookie: "_ga", Age: 730 * day, Page: "/kommune-tv", Action: Placeholder, Host: TV, Path: "/"},
	{Service: "kommune-tv", Pattern: "_gid", Cookie: "_gid", Age: day, Page: "/kommune-tv", Action: Placeholder, Host: TV, Path: "/", Obsolete: true},

	{Service: "google-login", Pattern: "G_ENABLED_IDPS", Cookie: "G_ENABLED_IDPS", Age: 400 * day, Page: "/", Action: Planted, Host: Municipality, Path: "/", Answer: "/"},
	{Service: "facebook-login", Pattern: "fbm_", Cookie: "fbm_1046731288", Age: 365 * day, Page: "/", Action: Planted, Host: Municipality, Path: "/", Answer: "/", Domain: true},
	{Service: "facebook-login", Pattern: "fbsr_", Cookie: "fbsr_1046731288", Page: "/", Action: Planted, Host: Municipality, Path: "/", Answer: "/"},
}
