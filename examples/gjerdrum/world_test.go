package gjerdrum_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
)

const (
	port   = "8090"
	script = "http://samtykke.localhost:8080/gjerdrum.js"
)

// world is the replica as the demonstration runs it.
func world() *gjerdrum.Replica {
	return gjerdrum.New(gjerdrum.Options{Script: script, Port: port, Obsolete: true})
}

// reply is what came back.
type reply struct {
	Status  int
	Header  http.Header
	Cookies []*http.Cookie
	Body    string
}

// ask sends one request without following redirects.
func ask(t *testing.T, replica http.Handler, method, host, path string, change ...func(*http.Request)) reply {
	t.Helper()
	request := httptest.NewRequest(method, "http://"+host+":"+port+path, http.NoBody)
	for _, one := range change {
		one(request)
	}
	recorder := httptest.NewRecorder()
	replica.ServeHTTP(recorder, request)
	answer := recorder.Result()
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{Status: answer.StatusCode, Header: answer.Header, Cookies: answer.Cookies(), Body: string(body)}
}

// fill sends a form.
func fill(fields string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body = io.NopCloser(strings.NewReader(fields))
	}
}

// carry sends cookies along.
func carry(cookies ...*http.Cookie) func(*http.Request) {
	return func(r *http.Request) {
		for _, cookie := range cookies {
			r.AddCookie(&http.Cookie{Name: cookie.Name, Value: cookie.Value})
		}
	}
}

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func elements(root *html.Node) []*html.Node {
	var all []*html.Node
	for node := range root.Descendants() {
		if node.Type == html.ElementNode {
			all = append(all, node)
		}
	}
	return all
}

func attribute(node *html.Node, name string) (string, bool) {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// draft is the example's site file, made ready for the demonstration.
func draft(t *testing.T) *consent.Draft {
	t.Helper()
	site, problems, err := config.ParseSite(gjerdrum.Site())
	if err != nil || len(problems.Faults()) > 0 {
		t.Fatal(err, problems)
	}
	gjerdrum.ForDemo(site, port)
	return site
}

func names(cookies []*http.Cookie) []string {
	list := make([]string, 0, len(cookies))
	for _, cookie := range cookies {
		list = append(list, cookie.Name)
	}
	return list
}
