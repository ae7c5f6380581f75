package gjerdrum

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
)

// hit counts the requests for one path of a third party.
type hit struct {
	Host  string `json:"host"`
	Path  string `json:"path"`
	Count int    `json:"count"`
}

// kept is a cookie that a third party was sent: the browser has kept it.
type kept struct {
	Host string `json:"host"`
	Name string `json:"name"`
}

// requestLog counts what third parties were asked for, since the start or the
// last reset. It holds paths and names that are ours, never what a visitor sent.
type requestLog struct {
	mu      sync.Mutex
	hits    []hit
	cookies []kept
}

func (l *requestLog) add(host, path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.hits {
		if l.hits[i].Host == host && l.hits[i].Path == path {
			l.hits[i].Count++
			return
		}
	}
	l.hits = append(l.hits, hit{Host: host, Path: path, Count: 1})
}

func (l *requestLog) addCookie(host, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if entry := (kept{Host: host, Name: name}); !slices.Contains(l.cookies, entry) {
		l.cookies = append(l.cookies, entry)
	}
}

func (l *requestLog) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hits, l.cookies = nil, nil
}

// ServeHTTP gives the log as JSON, in the order of first requests.
func (l *requestLog) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	l.mu.Lock()
	answer := struct {
		Requests []hit  `json:"requests"`
		Cookies  []kept `json:"cookies"`
	}{append([]hit{}, l.hits...), append([]kept{}, l.cookies...)}
	l.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(answer) // the reader has gone: nobody is left to tell
}
