// Package gjerdrum is the demonstration: the site file of a real municipality,
// a replica of its web site, and stand-ins for the third parties that it uses.
//
// Everything is served by one handler on one port and told apart by the Host
// header: the municipality on kommune.localhost, the third parties on names
// of their own under localhost. Browsers resolve all of them to this machine,
// treat each as a site of its own, and accept Secure cookies from them over
// plain HTTP. The third parties' cookies are Partitioned, as YouTube's are by
// now: Debian's Chromium, and others, keep no other cookies in another site's
// frame. WebKit keeps none at all there, so the ones that the map, the video,
// the chat and council TV write never appear in it.
//
// The stand-ins answer like the real ones and write the inventory's real
// cookie names with the vendors' lifetimes; Rows is the list. Nothing here
// depends on the rest of Samtykke: the replica carries the script tag and the
// markup that any web editor would write.
package gjerdrum

import (
	"bytes"
	_ "embed"

	"github.com/samtykke/samtykke/consent"
)

//go:embed site.yaml
var site []byte

// Site gives the site file of the example.
func Site() []byte { return bytes.Clone(site) }

// The hosts of the demonstration, without port.
const (
	Municipality = "kommune.localhost"
	Siteimprove  = "siteimprove.localhost"
	Analytics    = "analytics.localhost"
	Woopra       = "woopra.localhost"
	Map          = "kart.localhost"
	Video        = "video.localhost"
	Chat         = "chat.localhost"
	TV           = "tv.localhost"
)

// contacts says which stand-ins each service calls.
var contacts = map[consent.ServiceKey][]string{
	"siteimprove-analytics": {Siteimprove},
	"billettlosning":        {Analytics},
	"kommunekart":           {Map, Analytics, Woopra},
	"kommune-kari":          {Chat},
	"youtube":               {Video},
	"kommune-tv":            {TV, Analytics},
}

// ForDemo changes the draft of the example in place, so that it holds for the
// replica on this port: its origin, its own pages, and the stand-ins beside
// the services' real hosts.
func ForDemo(draft *consent.Draft, replicaPort string) {
	origin := address(Municipality, replicaPort)
	draft.Site.Origins = []string{origin}
	draft.Site.Declaration, draft.Site.Privacy, draft.Site.Withdrawal = consent.Text{}, consent.Text{}, consent.Text{}
	for _, language := range draft.Site.Languages {
		draft.Site.Declaration[language] = origin + localized(language, "/informasjonskapsler")
		draft.Site.Privacy[language] = origin + localized(language, "/personvern")
		draft.Site.Withdrawal[language] = origin + frontPath(language) + "#samtykke"
	}
	draft.Site.Rights = draft.Site.Privacy
	for i := range draft.Services {
		service := &draft.Services[i]
		service.Hosts = append(service.Hosts, contacts[service.Key]...)
	}
}

// address gives the origin of a host of the demonstration.
func address(host, port string) string {
	if port == "" || port == "80" {
		return "http://" + host
	}
	return "http://" + host + ":" + port
}
