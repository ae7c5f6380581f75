package main_test

import (
	"database/sql"
	"encoding/json"
	"path/filepath"
	"testing"
	"time"
)

// sentHere has a page keep what it posts as decisions: once what it sends again, as it
// does where a server takes long.
const sentHere = `window.sent = new Set(); (({ fetch }) => { window.fetch = (at, how) => { if (/decisions$/.test(at)) sent.add(how.body); return fetch(at, how) } })(window)`

// later has the page's clock go on at once, by seven seconds.
const later = `(() => { const now = Date.now; Date.now = () => now() + 7e3; return true })()`

// took gives how many answers took how long, as it is counted.
func (w *world) took(t *testing.T) map[string]int {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(w.Data, "samtykke.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT kind, count FROM tally WHERE kind GLOB 'took_*'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	took := map[string]int{}
	for rows.Next() {
		var kind string
		var count int
		if err := rows.Scan(&kind, &count); err != nil {
			t.Fatal(err)
		}
		took[kind] = count
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return took
}

// TestTimeToDecide: a real answer lands among those that took as long, once. What the
// visitor answers on the page afterwards has no time: not a withdrawal, not another
// answer, and not the question that comes anew when everything is erased.
func TestTimeToDecide(t *testing.T) {
	w := newWorld(t)
	p := openTab(t, "chromium")
	p.beforeEveryPage(sentHere)
	p.visit(w.Page + "/personvern")
	p.asks()
	p.await("the question to be seen", `performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/shown'))`)
	p.eval(later, nil)
	p.reject()
	for _, act := range []string{`samtykke.grant('youtube')`, `samtykke.withdraw()`} {
		p.eval(later+", "+act, nil)
	}
	w.awaitLog(t, 0, 3)
	p.openPanel()
	for _, label := range []string{"Slett alt om meg", "Ja, slett alt"} {
		p.pressInPanel(label)
	}
	p.await("erased", `!document.cookie.includes('samtykke')`)
	p.key("Escape")
	p.asks()
	p.eval(later, nil)
	p.reject()
	p.await("the last answer", `sent.size === 4`)
	var sent []string
	p.eval(`[...sent]`, &sent)
	for i, body := range sent {
		var decision map[string]any
		if err := json.Unmarshal([]byte(body), &decision); err != nil {
			t.Fatal(err)
		}
		if _, is := decision["shown"]; is != (i == 0) {
			t.Errorf("answer %d (%v) says when the question was shown: %v", i, decision["method"], is)
		}
	}
	var got map[string]int
	for end := time.Now().Add(patience); time.Now().Before(end) && len(got) == 0; <-time.After(50 * time.Millisecond) {
		got = w.took(t)
	}
	if len(got) != 1 || got["took_5"] != 1 {
		t.Errorf("counted are %v, want one that took from 5 to 10 seconds", got)
	}
}
