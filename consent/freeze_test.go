package consent

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"
)

var published2026 = time.Date(2026, 11, 22, 9, 30, 15, 987654321, time.FixedZone("CET", 3600))

func freeze(t *testing.T, d *Draft) *Notice {
	t.Helper()
	notice, err := Freeze(*d, 7, published2026)
	if err != nil {
		t.Fatal(err)
	}
	return notice
}

func TestFreeze(t *testing.T) {
	d := validDraft()
	notice := freeze(t, d)
	if notice.Number != 7 || notice.Published.Format(time.RFC3339Nano) != "2026-11-22T08:30:15Z" || notice.Hash != HashOf(notice.JSON) {
		t.Errorf("notice %d of %s, hash %s", notice.Number, notice.Published, notice.Hash)
	}
	if !strings.HasPrefix(string(notice.JSON), `{"draft":{"categories":[`) || !strings.HasSuffix(string(notice.JSON), `"number":7,"published":"2026-11-22T08:30:15Z","schema":"notice/1"}`) {
		t.Errorf("JSON = %.80s … %s", notice.JSON, notice.JSON[len(notice.JSON)-80:])
	}
	again, err := jcs.Transform(notice.JSON)
	if err != nil || !bytes.Equal(again, notice.JSON) {
		t.Errorf("the JSON is not canonical: %v", err)
	}
	if bytes.Contains(notice.JSON, []byte("internal:")) || bytes.Contains(notice.JSON, []byte(`"notes"`)) {
		t.Error("notes for the editors are published")
	}
	if bytes.Contains(notice.JSON, []byte("null")) {
		t.Error("an absent list is null, which no reader expects")
	}
	if !reflect.DeepEqual(d, validDraft()) {
		t.Error("freezing changed the draft")
	}
	if !maps.Equal(sums(d), sums(&notice.Draft)) {
		t.Error("the notice asks otherwise than its draft")
	}
}

func TestFreezeIsReproducible(t *testing.T) {
	first := freeze(t, validDraft())
	for range 20 { // maps are walked in another order each time
		if again := freeze(t, validDraft()); !bytes.Equal(first.JSON, again.JSON) || first.Hash != again.Hash {
			t.Fatal("the same draft gives other bytes")
		}
	}
	// Readers elsewhere compute this hash: it may change only with the schema.
	if got := first.Hash.String(); got != "c45509fd85442122f6599d4aeb93916179bc2c5c3ed444a0071b73a9234ab706" {
		t.Errorf("hash = %s", got)
	}
}

func TestFreezeRefuses(t *testing.T) {
	d := validDraft()
	d.Site.Heading, d.Site.Validity = 1, "P2Y"
	_, err := Freeze(*d, 1, published2026)
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != 2 || len(problems.Faults()) != 2 {
		t.Errorf("Freeze with two faults: %v", err)
	}
	if _, err := Freeze(*validDraft(), 0, published2026); KindOf(err) != Invalid {
		t.Errorf("Freeze as notice 0: %v", err)
	}
}

func TestParseNoticeRefuses(t *testing.T) {
	good := string(freeze(t, validDraft()).JSON)
	for _, text := range []string{
		"", "null", "[]", "{}", "{", good[:len(good)-1],
		strings.Replace(good, "notice/1", "notice/2", 1),
		strings.Replace(good, `"number":7`, `"number":0`, 1),
		strings.Replace(good, "2026-11-22T08:30:15Z", "yesterday", 1),
	} {
		if notice, err := ParseNotice([]byte(text)); notice != nil || KindOf(err) != Invalid {
			t.Errorf("ParseNotice(%.40q) = %v, %v", text, notice, err)
		}
	}
}

// Whatever is written in a text comes back as it was written.
func TestNoticeKeepsHostileTexts(t *testing.T) {
	for _, text := range []string{
		`</script><script>alert(1)</script>`, `"}],"draft":{"x":"`, `\u003c\n\\`, "æøå ÆØÅ čđŋšŧž", "🍪👩‍👩‍👧", "a\u00adb", "' OR 1=1 --", "${7*7}{{7*7}}<%= 7 %>", "\uffff\U0010ffff",
		"e\u0301 and é", strings.Repeat("x", 200),
	} {
		d := validDraft()
		for _, lang := range d.Site.Languages {
			d.Site.Name[lang] = text
		}
		notice := freeze(t, d)
		parsed, err := ParseNotice(notice.JSON)
		if err != nil || parsed.Draft.Site.Name[Bokmaal] != text {
			t.Errorf("%q came back as %q, %v", text, parsed.Draft.Site.Name[Bokmaal], err)
		}
	}
}

func TestNoticeRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := validDraft()
		d.Categories[2].Purpose[Bokmaal] = "x" + strings.Map(func(r rune) rune {
			if isHidden(r) {
				return -1
			}
			return r
		}, rapid.StringN(0, 100, 1000).Draw(t, "purpose"))
		d.Services = d.Services[:rapid.IntRange(0, len(d.Services)).Draw(t, "services")]
		number := NoticeNumber(rapid.IntRange(1, 1<<30).Draw(t, "number"))
		at := time.Unix(rapid.Int64Range(0, 253402300799).Draw(t, "time"), rapid.Int64Range(0, 999999999).Draw(t, "fraction"))
		notice, err := Freeze(*d, number, at)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := ParseNotice(notice.JSON)
		if err != nil || !reflect.DeepEqual(parsed, notice) || parsed.Number != number || !parsed.Published.Equal(at.Truncate(time.Second)) {
			t.Fatalf("parsed %+v, %v", parsed, err)
		}
		again, err := Freeze(parsed.Draft, number, at)
		if err != nil || again.Hash != notice.Hash {
			t.Fatalf("frozen again it has another hash: %v", err)
		}
	})
}

func TestNamesTravelAsText(t *testing.T) {
	const id = "0195f3a0-1234-7abc-8def-0123456789ab"
	parsed, err := ParseDecisionID(id)
	if err != nil {
		t.Fatal(err)
	}
	in := struct {
		ID, None DecisionID
		Hash     Hash
	}{ID: parsed, Hash: HashOf(nil)}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"ID":"`+id+`","None":"","Hash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}` {
		t.Errorf("%s, %v", text, err)
	}
	out := in
	out.ID, out.Hash = DecisionID{}, Hash{}
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("%+v, %v", out, err)
	}
	for _, bad := range []string{`{"ID":"x"}`, `{"ID":7}`, `{"Hash":""}`, `{"Hash":"E3"}`} {
		if err := json.Unmarshal([]byte(bad), &out); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}
