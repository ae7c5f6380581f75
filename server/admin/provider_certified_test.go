package admin_test

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/provider"
)

const providerSecret = "canary secret of the client, which nobody sees"

// certifiedFolder has the certified provider.
const certifiedFolder = "../provider/certified"

// certified starts the certified provider, which believes whatever is written into
// its login, and gives it to a house whose clock is right.
func certified(change ...func(*admin.Outside)) func(*house) *admin.Outside {
	return func(h *house) *admin.Outside {
		t := h.t
		t.Helper()
		if _, err := os.Stat(certifiedFolder + "/node_modules/oidc-provider"); err != nil {
			t.Fatalf("the provider is not installed (run npm install in server/provider/certified): %v", err)
		}
		command := exec.CommandContext(t.Context(), "node", "provider.mjs", providerSecret, h.url+"/login/return")
		command.Dir, command.Stderr = certifiedFolder, io.Discard
		input, err := command.StdinPipe()
		must(t, err)
		output, err := command.StdoutPipe()
		must(t, err)
		must(t, command.Start())
		t.Cleanup(func() {
			_ = input.Close()
			_ = command.Wait()
		})
		issuer, err := bufio.NewReader(output).ReadString('\n')
		must(t, err)
		h.mu.Lock()
		h.now = time.Now()
		h.mu.Unlock()
		outside := &admin.Outside{Name: "Entra", Provider: provider.New(provider.Options{
			Issuer: strings.TrimSpace(issuer), ClientID: "samtykke", ClientSecret: providerSecret, Return: h.url + "/login/return", Clock: h.clock, Log: h.log(),
		})}
		for _, each := range change {
			each(outside)
		}
		return outside
	}
}

// later lets time pass here and at the provider.
func (h *house) later(d time.Duration) {
	h.t.Helper()
	h.wait(d)
	response, err := client.Get(fmt.Sprintf("%s/later/%d", h.outside.Issuer, int(d.Seconds())))
	must(h.t, err)
	must(h.t, response.Body.Close())
}

// visitor is a browser at the provider.
type visitor struct {
	*http.Client

	t    *testing.T
	home string
}

func (h *house) visitor() *visitor {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	must(h.t, err)
	return &visitor{t: h.t, home: h.url, Client: &http.Client{Timeout: time.Minute, Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), h.url) {
			return http.ErrUseLastResponse
		}
		return nil
	}}}
}

var (
	formAction = regexp.MustCompile(`action="([^"]+)"`)
	// xsrf is in the page that leaves whom the browser was there before.
	xsrf = regexp.MustCompile(`name="xsrf" value="([^"]+)"`)
)

// logIn goes through the provider's pages as somebody, and gives the path that it
// leads back to.
func (v *visitor) logIn(address, as string) string {
	v.t.Helper()
	response, err := v.Get(address)
	for range 6 {
		must(v.t, err)
		page, err := io.ReadAll(response.Body)
		must(v.t, err)
		_ = response.Body.Close()
		if back, home := strings.CutPrefix(response.Header.Get("Location"), v.home); home {
			return back
		}
		found := formAction.FindStringSubmatch(string(page))
		if found == nil {
			v.t.Fatalf("the provider answers %d:\n%s", response.StatusCode, page)
		}
		to, err := response.Request.URL.Parse(found[1])
		must(v.t, err)
		form := url.Values{"prompt": {"consent"}}
		if strings.Contains(string(page), `name="login"`) {
			form = url.Values{"prompt": {"login"}, "login": {as}, "password": {"any"}}
		}
		if leaves := xsrf.FindStringSubmatch(string(page)); leaves != nil {
			form = url.Values{"xsrf": {leaves[1]}, "logout": {"yes"}}
		}
		response, err = v.PostForm(to.String(), form)
		must(v.t, err)
	}
	v.t.Fatal("the provider leads nowhere")
	return ""
}

// leaves gives where a page sends the browser on to.
func (a answer) leaves(t *testing.T) string {
	t.Helper()
	address, found := strings.CutPrefix(a.header.Get("Refresh"), "0;url=")
	if a.status != http.StatusOK || !found {
		t.Fatalf("nobody is sent on (%d):\n%s", a.status, a.body)
	}
	if !strings.Contains(html.UnescapeString(a.body), `<a class="button" href="`+address+`"`) {
		t.Errorf("the page does not lead to %s:\n%s", address, a.body)
	}
	return address
}
