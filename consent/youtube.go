package consent

import "slices"

// Where films of YouTube come from: by the second host no cookie is set before a
// film is played.
const (
	youTube         = "www.youtube.com"
	youTubeNoCookie = "www.youtube-nocookie.com"
)

// ShowsYouTube says that films of YouTube are shown from its host without cookies:
// a service names it, so visitors are told of it, and a policy lets it through.
func (d *Draft) ShowsYouTube() bool {
	return slices.ContainsFunc(d.Services, func(s Service) bool { return s.names(youTubeNoCookie) })
}

// names says whether a host is among those of the service.
func (s *Service) names(host string) bool {
	return slices.ContainsFunc(s.Hosts, func(named string) bool { return covers(spelled(named), host) })
}

// youTube warns of films that come with cookies from the start.
func (v *review) youTube(path string, s *Service) {
	if s.names(youTube) && !s.names(youTubeNoCookie) {
		v.warn(path+".hosts", "youtube_with_cookies", "Films of YouTube set cookies before they are played.",
			"Name "+youTubeNoCookie+" too: films are then shown from there, whatever address the page has.")
	}
}
