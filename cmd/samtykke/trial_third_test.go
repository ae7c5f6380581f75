package main_test

import (
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// standIn answers as a third party does. By the path: ".js" says that it ran,
// and where "told" is in the path, it tells the network as well; "after-x" waits
// until the script x has told; "hang" never answers; "missing" is not there.
func (s *trial) standIn(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	w.Header().Set("Cache-Control", "no-store")
	name, extension := strings.TrimSuffix(path.Base(r.URL.Path), path.Ext(r.URL.Path)), path.Ext(r.URL.Path)
	folder := path.Dir(r.URL.Path)
	if before, ok := strings.CutPrefix(path.Base(folder), "after-"); ok {
		s.awaitTold(r, path.Dir(folder)+"/ran/"+before+".gif")
	}
	switch {
	case strings.Contains(name, "hang"):
		<-r.Context().Done()
	case strings.Contains(name, "missing"):
		http.NotFound(w, r)
	case extension == ".js":
		w.Header().Set("Content-Type", "text/javascript")
		text := scriptText(name)
		if path.Base(folder) == "told" {
			text += `;new Image().src = "http://` + r.Host + path.Dir(folder) + `/ran/` + name + `.gif"`
		}
		_, _ = io.WriteString(w, text)
	case extension == ".html":
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>content</title><p>content")
	case extension == ".css":
		w.Header().Set("Content-Type", "text/css")
	default:
		w.Header().Set("Content-Type", "image/gif")
		_, _ = io.WriteString(w, "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
	}
}

// awaitTold waits until a path was asked for.
func (s *trial) awaitTold(r *http.Request, told string) {
	for len(s.asked(told)) == 0 {
		select {
		case <-r.Context().Done():
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// front stands before Samtykke, as a network does, and can fail.
type front struct {
	sync.Mutex
	down func(r *http.Request) bool // what gets no answer
	seen []sent
}

// sent is what the browser sent to Samtykke.
type sent struct{ Method, Path, Type, Body string }

// drop makes the front drop requests; nil mends it.
func (f *front) drop(down func(r *http.Request) bool) {
	f.Lock()
	defer f.Unlock()
	f.down = down
}

// sent gives what was sent by a method, delivered or not.
func (f *front) sent(method string) []sent {
	f.Lock()
	defer f.Unlock()
	var all []sent
	for _, one := range f.seen {
		if one.Method == method {
			all = append(all, one)
		}
	}
	return all
}

// passOn hands a request to Samtykke, or drops the connection.
func (s *trial) passOn(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.front.Lock()
	s.front.seen = append(s.front.seen, sent{r.Method, r.URL.Path, r.Header.Get("Content-Type"), string(body)})
	down := s.front.down
	s.front.Unlock()
	if down != nil && down(r) {
		panic(http.ErrAbortHandler)
	}
	request, err := http.NewRequestWithContext(r.Context(), r.Method, s.server.url+r.URL.RequestURI(), strings.NewReader(string(body)))
	if err != nil {
		return
	}
	request.Header = r.Header.Clone()
	request.Header.Del("Accept-Encoding")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}
