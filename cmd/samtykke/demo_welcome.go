package main

import (
	"encoding/json"
	"net"
	"os"
	"strings"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// demoAddresses is where everything is, as --json writes it.
type demoAddresses struct {
	Page      string `json:"page"`
	Script    string `json:"script"`
	Cookies   string `json:"cookies"`
	Decisions string `json:"decisions"`
	Admin     string `json:"admin"`
	Login     string `json:"admin_login"` // a link that logs in, once
	Debug     string `json:"debug"`
	Data      string `json:"data"`
}

func demoPlaces(listeners *demoListeners, folder string) demoAddresses {
	site := "http://" + net.JoinHostPort(demoHost, port(listeners.public)) + "/" + string(demoSite)
	return demoAddresses{
		Page:      "http://" + net.JoinHostPort(gjerdrum.Municipality, port(listeners.replica)) + "/",
		Script:    site + ".js",
		Cookies:   site + "/cookies",
		Decisions: site + "/decisions",
		Admin:     "http://" + net.JoinHostPort("localhost", port(listeners.admin)),
		Debug:     "http://" + listeners.debug.Addr().String(),
		Data:      folder,
	}
}

func (c *demoCmd) welcome(t *terminal, places demoAddresses) error {
	if c.JSON {
		lines := json.NewEncoder(t.out)
		lines.SetEscapeHTML(false)
		return lines.Encode(places)
	}
	self := program()
	t.say("\n%s\n", t.bold("Samtykke is ready."))
	t.say("%s", t.bold("As a visitor, open the municipality and answer the question:"))
	t.say("  %s\n", places.Page)
	t.say("%s", t.bold("As an editor, look at the tag that the page carries, and what it loads:"))
	t.say("  <script src=\"%s\"></script>", places.Script)
	t.say("  %s   the declaration; also cookies.json and cookies.csv\n", places.Cookies)
	t.say("%s", t.bold("As an administrator, choose a password (the link works once) and look around:"))
	t.say("  %s\n", places.Login)
	t.say("%s", t.bold("In another terminal, watch the decisions come in:"))
	t.say("  %s log list %s --data %s --follow\n", self, demoSite, quoted(places.Data))
	t.say("%s", t.dim("and then"))
	t.say("  %s log export %s --data %s --format csv", self, demoSite, quoted(places.Data))
	t.say("  %s notice show %s --data %s", self, demoSite, quoted(places.Data))
	t.say("  %s findings %s --data %s\n", self, demoSite, quoted(places.Data))
	if c.Data == "" {
		t.say("%s", t.dim("The database is temporary and goes with this program; --data DIR keeps one. Ctrl-C ends."))
	} else {
		t.say("%s", t.dim("Ctrl-C ends; the database stays in "+places.Data+"."))
	}
	return nil
}

// program gives the command that started this program, for others to copy.
func program() string {
	if strings.Contains(os.Args[0], "go-build") {
		return "go run ./cmd/samtykke"
	}
	return quoted(os.Args[0])
}

// quoted makes a word safe to paste into a shell.
func quoted(word string) string {
	plain := strings.Trim(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")
	if plain == "" && word != "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
