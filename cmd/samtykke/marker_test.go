package main_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/samtykke/samtykke/consent"
)

// TestG2NothingOfAnyRequestIsAnywhere goes through every public route, with marks
// in all that a request says of a visitor, behind a proxy that is believed. None
// may be in the database and the files beside it, Redis, the log, the metrics,
// the exports, the audit pack, or an answer.
func TestG2NothingOfAnyRequestIsAnywhere(t *testing.T) {
	const perDay = 60
	debugAt := "127.0.0.1:" + strconv.Itoa(freePort(t))
	t.Setenv("SAMTYKKE_DEBUG_LISTEN", debugAt)
	t.Setenv("SAMTYKKE_LIMITS_SITE_PER_DAY", strconv.Itoa(perDay))
	cache := startRedis(t)
	i := newInstallation(t)
	settings := filepath.Join(i.data, "samtykke.yaml")
	keep(t, settings, `public: { url: "https://samtykke.example.no", trusted_proxies: [127.0.0.1], proxy_header: X-Forwarded-For }
log: { level: debug }
cache: { redis: { url: "`+cache.url+`", key: "a key of a test, which is long enough for it" } }
witness: { watch: ["`+newMunicipality(t, "nabo.example.no").keys.LedgerKey+`"] }
`)
	told := i.answeredBefore(t)
	server := i.start(t, "--config", settings)
	v := newMarkedVisit(t, server.url)
	s := &search{T: t, marks: v.forbidden()}

	v.everything()
	s.files(i.data)
	until(t, "the write-ahead log to be read while it holds something", func() bool {
		v.finding()
		data, err := os.ReadFile(filepath.Join(i.data, "samtykke.db-wal"))
		s.in("the write-ahead log", data, "")
		return err == nil && len(data) > 0
	})
	s.in("the answers", v.answers.Bytes(), "site_full")
	s.in("the metrics", []byte(fetch(t, "http://"+debugAt+"/metrics")), `samtykke_refused_total{reason="site_full"}`)
	log := &strings.Builder{}
	until(t, "Redis to hold the notice and the bundle", func() bool {
		server.stop(syscall.SIGTERM) // writes what waits
		log.WriteString(server.log.String())
		if cache.ask(t, "DBSIZE") >= ":2" {
			return true
		}
		server = i.start(t, "--config", settings) // what Redis was too slow to take is offered again by one that reads anew
		fetch(t, server.url+"/gjerdrum/cookies")
		fetch(t, server.url+"/gjerdrum.js")
		return false
	})
	dump, commands := cache.everything(t)
	s.in("Redis", dump, "samtykke:")
	s.in("what Redis was told", commands, `"samtykke:`)
	s.exports(i, settings, v.kept.ID, told)
	s.files(i.data)
	s.in("the server's log", []byte(log.String()), "level=DEBUG msg=answered")
	for _, route := range v.routes {
		if !strings.Contains(log.String(), "route="+route+" ") {
			t.Errorf("no request came to %s", route)
		}
	}
}

// search looks for marks.
type search struct {
	*testing.T
	marks map[string][]byte
}

// forbidden are the marks, and the visitors' tokens in every form. The first six
// bytes of a token are when it was made, which is kept.
func (v *markedVisit) forbidden() map[string][]byte {
	marks := map[string][]byte{
		"mark": []byte("mrk7f3a91"), "address": []byte("203.0.113."), "IPv6 address": []byte("2001:db8:7f3a"),
		"network in bytes": netip.MustParseAddr("2001:db8:7f3a::").AsSlice()[:6],
	}
	for n, token := range []string{v.kept.Token, v.erased.Token} {
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil {
			v.Fatal(err)
		}
		for form, mark := range map[string][]byte{
			"": []byte(token), " in hex": []byte(hex.EncodeToString(raw[6:])), " in bytes": raw[6:],
			" in base64": []byte(base64.StdEncoding.EncodeToString(raw)[8:28]),
		} {
			marks[fmt.Sprintf("token %d%s", n, form)] = mark
		}
	}
	return marks
}

// in looks for the marks in data, which must hold something that shows that it
// is what it should be.
func (s *search) in(where string, data []byte, holds string) {
	s.Helper()
	if !bytes.Contains(data, []byte(holds)) {
		s.Errorf("%s (%d bytes) does not hold %q: it is not what was to be searched", where, len(data), holds)
	}
	s.look(where, data)
	for _, run := range base64Run.FindAll(data, -1) { // records in packs and receipts, files in Redis
		plain := make([]byte, len(run))
		if n, err := base64.StdEncoding.Decode(plain, run[:len(run)/4*4]); err == nil {
			s.look(where+", in base64,", plain[:n])
		}
	}
}

var base64Run = regexp.MustCompile(`[A-Za-z0-9+/]{24,}`)

// look looks for the marks in data, whatever the case of their letters.
func (s *search) look(where string, data []byte) {
	s.Helper()
	folded := bytes.Clone(data)
	for i, b := range folded { // ASCII alone: bytes.ToLower would change what is no text
		if 'A' <= b && b <= 'Z' {
			folded[i] = b | 0x20
		}
	}
	for name, mark := range s.marks {
		at := bytes.Index(data, mark)
		if at < 0 {
			at = bytes.Index(folded, mark)
		}
		if at >= 0 {
			s.Errorf("%s holds the %s: %q", where, name, data[max(0, at-60):min(len(data), at+60)])
		}
	}
}

// files searches a data folder: the database, its write-ahead log, the anchor,
// the journal, the keys.
func (s *search) files(folder string) {
	s.Helper()
	found := map[string]int{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // the server moves its anchor while this looks
			return nil
		}
		found[entry.Name()] = len(data)
		s.in(entry.Name(), data, "")
		return err
	})
	for _, name := range []string{"samtykke.db", "samtykke.db.anchor", "samtykke.db.erasures"} {
		if err != nil || found[name] == 0 {
			s.Fatalf("%s was not searched, of %v: %v", name, found, err)
		}
	}
}

// exports searches every form in which decisions leave the program.
func (s *search) exports(i installation, settings, id, told string) {
	s.Helper()
	verb := func(args ...string) []byte {
		return []byte(must(s.T, append(args, "--config", settings, "--data", i.data)...))
	}
	for _, format := range []string{"csv", "jsonl", "jsonld"} {
		s.in("the export as "+format, verb("log", "export", "gjerdrum", "--format", format), id)
	}
	for _, format := range []string{"csv", "jsonl"} {
		s.in("the public export as "+format, verb("log", "export", "gjerdrum", "--public", "--format", format), told)
	}
	s.in("the findings", verb("findings", "gjerdrum"), "tube")
	s.in("the receipt", verb("log", "prove", "gjerdrum", id), "c2sp.org/tlog-proof@v1")
	folder := s.TempDir()
	table := filepath.Join(folder, "log.parquet")
	verb("log", "export", "gjerdrum", "--format", "parquet", "-o", table)
	s.in("the export as parquet", s.rows(table), "accept_all")
	pack := filepath.Join(folder, "pack.zip")
	verb("log", "pack", "gjerdrum", "-o", pack)
	s.pack(pack)
}

// rows gives the values of a Parquet file, which is compressed.
func (s *search) rows(path string) []byte {
	s.Helper()
	rows, err := parquet.ReadFile[any](path)
	if err != nil || len(rows) == 0 {
		s.Fatal(len(rows), err)
	}
	var text bytes.Buffer
	for _, row := range rows {
		fmt.Fprintf(&text, "%s\n", row)
	}
	return text.Bytes()
}

// pack searches every file of an audit pack.
func (s *search) pack(path string) {
	s.Helper()
	pack, err := zip.OpenReader(path)
	if err != nil {
		s.Fatal(err)
	}
	defer pack.Close()
	leaves := false
	for _, file := range pack.File {
		leaves = leaves || strings.HasSuffix(file.Name, "/leaves.jsonl")
		from, err := file.Open()
		if err != nil {
			s.Fatal(err)
		}
		data, err := io.ReadAll(from)
		if err := errors.Join(err, from.Close()); err != nil {
			s.Fatal(file.Name, err)
		}
		s.in(file.Name+" of the pack", data, "")
	}
	if !leaves {
		s.Error("the pack holds no leaves")
	}
}

// answeredBefore has so many visitors decide the same two days ago that a public file tells
// of them, and gives that day: it has days that are complete when they are first looked at.
func (i installation) answeredBefore(t *testing.T) string {
	t.Helper()
	store := i.open(t)
	day := consent.MidnightOf(time.Now()).AddDate(0, 0, -2)
	for n := range int64(consent.Crowd) {
		d := someDecision(exampleBundle(t), 5*n) // they accept
		d.GPC, d.Time = false, day.Add(12*time.Hour+time.Duration(n)*time.Second)
		if _, err := store.Append(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return day.Format(time.DateOnly)
}
