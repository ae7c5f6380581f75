package consent

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"testing"
)

func TestParseDecisionID(t *testing.T) {
	const good = "0195f3a0-1234-7abc-8def-0123456789ab"
	id, err := ParseDecisionID(good)
	if err != nil || id.String() != good || id.IsZero() {
		t.Fatalf("%q, %v", id, err)
	}
	if (DecisionID{}).String() != "" || !(DecisionID{}).IsZero() {
		t.Error("the zero id is something")
	}
	for _, bad := range []string{
		"", strings.ToUpper(good), "{" + good + "}", "urn:uuid:" + good, strings.ReplaceAll(good, "-", ""), good + "0", good[1:], " " + good, good + "\n",
		"0195f3a0-1234-4abc-8def-0123456789ab", // version 4
		"0195f3a0-1234-7abc-cdef-0123456789ab", // variant
		"0195f3a0-1234-7abc-8def-0123456789ag", "0195f3a01-234-7abc-8def-0123456789ab", "0195f3a0-1234-7abc-8def-01234567-9ab",
		"00000000-0000-0000-0000-000000000000", "0195f3a0-1234-7abc-8def-0123456789\u00e5",
	} {
		if id, err := ParseDecisionID(bad); KindOf(err) != Invalid || err == nil || !id.IsZero() {
			t.Errorf("ParseDecisionID(%q) = %v, %v", bad, id, err)
		}
	}
}

func TestParseToken(t *testing.T) {
	raw := []byte("\x01\x95\xf3\xa0\x12\x34sixteen random b")
	token := base64.RawURLEncoding.EncodeToString(raw)
	key, err := ParseToken(token)
	if err != nil || key.IsZero() {
		t.Fatal(err)
	}
	sum := sha256.Sum256(raw)
	if !bytes.Equal(key[:6], raw[:6]) || !bytes.Equal(key[6:], sum[:16]) {
		t.Errorf("key = %x", key)
	}
	if bytes.Contains(key[:], raw[6:14]) {
		t.Error("the key gives away the token's random part")
	}
	for i := range raw { // every bit of the token counts
		other := bytes.Clone(raw)
		other[i] ^= 1
		changed, err := ParseToken(base64.RawURLEncoding.EncodeToString(other))
		if err != nil || changed == key {
			t.Errorf("byte %d does not count: %v", i, err)
		}
	}
	last := token[:29]
	for _, bad := range []string{
		"", token[:29], token + "A", token + "==", last + "=", last + "/", last + "+", last + " ", last + "\n", token[:28] + "\r\n",
		last + string(token[29]+1), // the same bytes, spelled otherwise
		strings.Repeat("A", 10_000_000), strings.Repeat("å", 15),
	} {
		key, err := ParseToken(bad)
		if KindOf(err) != Invalid || err == nil || !key.IsZero() {
			t.Errorf("ParseToken(%.40q) = %v, %v", bad, key, err)
		} else if bad != "" && len(bad) > 3 && strings.Contains(err.Error(), bad[:4]) {
			t.Errorf("the error repeats the token: %v", err)
		}
	}
	huge := strings.Repeat("A", 1<<20)
	if n := testing.AllocsPerRun(10, func() { _, _ = ParseToken(huge) }); n > 5 {
		t.Errorf("a long token costs %v allocations", n)
	}
}

func TestKeys(t *testing.T) {
	for _, key := range []string{"a", "0", "gjerdrum", "kommune-247", strings.Repeat("a", 40), "a-"} {
		if !SiteKey(key).Valid() || !ServiceKey(key).Valid() || !CategoryKey(key).Valid() || !OrganisationID(key).Valid() {
			t.Errorf("%q is not valid", key)
		}
	}
	for _, key := range []string{"", "-a", "A", "a_b", "a/b", "a.b", "å", "a b", "a\n", "a\x00", "..", strings.Repeat("a", 41)} {
		if SiteKey(key).Valid() || ServiceKey(key).Valid() || CategoryKey(key).Valid() || OrganisationID(key).Valid() {
			t.Errorf("%q is valid", key)
		}
	}
}

func TestRefSplit(t *testing.T) {
	for ref, want := range map[ServiceRef][2]string{"statistics/counter": {"statistics", "counter"}, "counter": {}, "": {}, "a/b/c": {"a", "b/c"}} {
		category, service := ref.Split()
		if string(category) != want[0] || string(service) != want[1] {
			t.Errorf("%q splits into %q and %q", ref, category, service)
		}
	}
	if Ref(Statistics, "counter") != "statistics/counter" {
		t.Error("Ref")
	}
}

func TestOrganisationNumbers(t *testing.T) {
	for _, number := range []string{"864949762", "974760673", "974761467", "942110464"} {
		if !validOrganisationNumber(number) {
			t.Errorf("%s is refused", number)
		}
	}
	for _, number := range []string{"", "864949761", "86494976", "8649497620", "864 949 762", "NO864949762", "000000000", "٨٦٤٩٤٩٧٦٢"} {
		if validOrganisationNumber(number) {
			t.Errorf("%s passes", number)
		}
	}
}
