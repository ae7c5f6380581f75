package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// wholeYAML and wholeJSON write a draft from one tree of it.
func wholeYAML(draft *consent.Draft) ([]byte, error) {
	var file bytes.Buffer
	writer := yaml.NewEncoder(&file)
	writer.SetIndent(2)
	err := writer.Encode(encoder{languages: draft.Site.Languages}.value(reflect.ValueOf(*draft)))
	return file.Bytes(), errors.Join(err, writer.Close())
}

func wholeJSON(draft *consent.Draft) ([]byte, error) {
	var value any
	if err := (encoder{languages: draft.Site.Languages}).value(reflect.ValueOf(*draft)).Decode(&value); err != nil {
		return nil, err
	}
	return json.Marshal(value)
}

// A file in pieces is the same to the byte as one of the whole, whatever stands in it.
func TestPiecesAreTheWholeFile(t *testing.T) {
	same := func(t rapid.TB, draft *consent.Draft) {
		for name, write := range map[string][2]func(*consent.Draft) ([]byte, error){"YAML": {wholeYAML, FormatSite}, "JSON": {wholeJSON, FormatSiteJSON}} {
			want, err := write[0](draft)
			if err != nil {
				t.Fatal(err)
			}
			if have, err := write[1](draft); err != nil || !bytes.Equal(have, want) {
				t.Fatalf("%s: %v\nin pieces:\n%s\nwhole:\n%s", name, err, have, want)
			}
		}
	}
	draft, _ := gjerdrum(t)
	draft.Services[0].Hosts = []string{"a.example", "b.example", "c.example", "d.example", "- e", ""}
	draft.Services[1] = consent.Service{}
	same(t, draft)
	rapid.Check(t, func(t *rapid.T) {
		var draft consent.Draft
		fill(t, reflect.ValueOf(&draft).Elem(), "draft")
		same(t, &draft)
	})
}

// Nothing is written of a draft that cannot be written to its end, so that whoever sends
// it can still say so.
func TestNothingIsWrittenOfWhatCannotBe(t *testing.T) {
	draft, _ := gjerdrum(t)
	last := &draft.Services[len(draft.Services)-1]
	last.Notes = append(last.Notes, "\xff")
	for name, write := range map[string]func(io.Writer, *consent.Draft) error{"YAML": WriteSite, "JSON": WriteSiteJSON} {
		var file bytes.Buffer
		if err := write(&file, draft); consent.KindOf(err) != consent.Invalid || file.Len() > 0 {
			t.Errorf("%s: %v, %d bytes are written", name, err, file.Len())
		}
	}
}

// held is a writer that looks how much memory is in use as it goes.
type held struct {
	written, most uint64
	looks         int
}

func (h *held) Write(piece []byte) (int, error) {
	h.written += uint64(len(piece))
	if h.looks++; h.looks%50 == 1 {
		var now runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&now)
		h.most = max(h.most, now.HeapAlloc)
	}
	return len(piece), nil
}

// What writing a file takes beside the draft does not grow with it: neither with the
// services, nor with the cookies of one.
func TestLongFileIsNotHeldInMemory(t *testing.T) {
	draft, _ := gjerdrum(t)
	long := draft.Services[0]
	for i := range 800 {
		long.Cookies = append(long.Cookies, long.Cookies[0])
		s := draft.Services[1]
		s.Key = consent.ServiceKey(fmt.Sprintf("s%d", i))
		draft.Services = append(draft.Services, s)
	}
	draft.Services[0] = long
	for name, write := range map[string]func(io.Writer, *consent.Draft) error{"YAML": WriteSite, "JSON": WriteSiteJSON} {
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		var file held
		if err := write(&file, draft); err != nil {
			t.Fatal(err)
		}
		if took := int64(file.most) - int64(before.HeapAlloc); file.written < 4<<20 || took > 1<<20 {
			t.Errorf("%s: %d kB are held for a file of %d kB", name, took>>10, file.written>>10)
		}
	}
	runtime.KeepAlive(draft)
}
