package gjerdrum

import (
	"bytes"
	"embed"
	"mime"
	"net/http"
	"path"
	"text/template"

	"github.com/samtykke/samtykke/consent"
)

//go:embed standins
var standInFiles embed.FS

// answers are the addresses of each third party and the file behind each.
var answers = map[string]map[string]string{
	Siteimprove: {"/js/siteanalyze_000.js": "siteanalyze.js", "/image.aspx": "pixel.gif"},
	Analytics:   {"/analytics.js": "analytics.js", "/collect": "pixel.gif"},
	Woopra:      {"/w.js": "woopra.js", "/track/ce": "pixel.gif"},
	Map:         {"/kart": "map.html", "/kart.css": "map.css", "/kart.js": "map.js", "/kart.svg": "map.svg", "/kart/status": "status.json"},
	Video:       {"/embed/sortering": "video.html", "/player.css": "player.css", "/player.js": "player.js", "/film.svg": "video.svg"},
	Chat:        {"/kari": "chat.html", "/kari.css": "chat.css", "/kari.js": "chat.js", "/kari/status": "status.json"},
	TV:          {"/direkte": "tv.html", "/player.css": "player.css", "/player.js": "player.js", "/sal.svg": "tv.svg", "/seer": "status.json"},
}

// standIn is one third party: fixed answers, the vendor's cookies, and a note
// in the log for every request.
type standIn struct {
	options  Options
	host     string
	bodies   map[string][]byte
	requests *requestLog
}

func standIns(options Options, requests *requestLog) map[string]http.Handler {
	texts := template.Must(template.New("standins").Funcs(template.FuncMap{
		"ages": func(service consent.ServiceKey, prefix string) (string, error) { return ages(options, service, prefix) },
		"host": func(host string) string { return address(host+".localhost", options.Port) },
	}).ParseFS(standInFiles, "standins/*"))
	handlers := map[string]http.Handler{}
	for host, files := range answers {
		stand := &standIn{options: options, host: host, bodies: map[string][]byte{}, requests: requests}
		for address, file := range files {
			var body bytes.Buffer
			if err := texts.ExecuteTemplate(&body, file, nil); err != nil {
				panic("gjerdrum: " + err.Error())
			}
			stand.bodies[address] = body.Bytes()
		}
		handlers[host] = stand
	}
	return handlers
}

// ServeHTTP answers, remembers that it was asked, and writes the cookies that
// belong to the answer. Nothing may be cached: every use has to be seen.
func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	body, known := s.bodies[r.URL.Path]
	if !known {
		s.requests.add(s.host, "(other)")
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET is answered here.", http.StatusMethodNotAllowed)
		return
	}
	s.requests.add(s.host, r.URL.Path)
	// What was written may have been refused: what comes back was kept.
	for _, row := range Rows {
		if _, err := r.Cookie(row.Cookie); err == nil && row.Host == s.host {
			s.requests.addCookie(s.host, row.Cookie)
		}
	}
	for _, row := range written(s.options, s.host, r.URL.Path) {
		if _, err := r.Cookie(row.Cookie); err != nil {
			row.set(w, identifier())
		}
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(answers[s.host][r.URL.Path])))
	_, _ = w.Write(body) // the reader has gone: nobody is left to tell
}
