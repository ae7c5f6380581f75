package config

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// gjerdrum reads the example, which must have no fault.
func gjerdrum(t *testing.T) (*consent.Draft, consent.Problems) {
	t.Helper()
	draft, problems, err := ParseSite([]byte(example(t)))
	if err != nil {
		t.Fatal(err)
	}
	if faults := problems.Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return draft, problems
}

// inventory is every row of the municipality's inventory: service, pattern,
// match, category, party, status, and the lifetimes declared and known of the vendor.
var inventory = []string{
	"siteimprove-analytics nmstat exact statistics first active P2Y P1000D",
	"siteimprove-analytics siteimproveses exact statistics first active session session",
	"siteimprove-analytics _cfduid exact necessary third obsolete P1Y -",
	"billettlosning __cfduid exact necessary first obsolete P1Y -",
	"billettlosning PHPSESSID exact necessary first active session session",
	"billettlosning _ga exact statistics first active P2Y P2Y",
	"billettlosning _gat prefix statistics first obsolete PT10M PT1M",
	"billettlosning _gid exact statistics first obsolete P30D P1D",
	"kommunekart ARRAffinity prefix necessary third active session session",
	"kommunekart _ga exact statistics third active P2Y P2Y",
	"kommunekart _gat prefix statistics third obsolete PT10M PT1M",
	"kommunekart wooTracker exact statistics third verify P2Y P2Y",
	"skjema ASP.NET_SessionId exact necessary first active session session",
	"skjema cult exact functional first verify session session",
	"minside ASP.NET_SessionId exact necessary first active session session",
	"publisering SSP-Fantdu exact functional first verify session session",
	"publisering ASP.NET_SessionId exact necessary first verify session session",
	"kommune-kari AWSALB prefix functional third verify P7D P7D",
	"kommune-kari Kari-guid exact functional third verify PT17M -",
	"youtube YSC exact marketing third active session session",
	"youtube GPS exact marketing third obsolete PT30M PT30M",
	"youtube VISITOR_INFO1_LIVE exact marketing third active P6M P6M",
	"youtube PREF exact marketing third active P8M P8M",
	"kommune-tv uniqueToken exact functional third verify P47D -",
	"kommune-tv _ga exact statistics third active P1Y P2Y",
	"kommune-tv _gid exact statistics third obsolete P30D P1D",
	"google-login G_ENABLED_IDPS exact marketing first residual - -",
	"facebook-login fbm_ prefix marketing first residual - P1Y",
	"facebook-login fbsr_ prefix marketing first residual - session",
}

// rows gives a draft's inventory in the same form.
func rows(draft *consent.Draft) []string {
	dash := func(lifetime consent.Lifetime) string {
		if lifetime == "" {
			return "-"
		}
		return string(lifetime)
	}
	var found []string
	for i := range draft.Services {
		service := &draft.Services[i]
		for _, cookie := range service.Cookies {
			found = append(found, strings.Join([]string{
				string(service.Key), cookie.Pattern.Name, string(cookie.Pattern.Match), string(cookie.CategoryIn(service)),
				string(cookie.Party), string(cookie.Status), dash(cookie.Lifetime.Declared), dash(cookie.Lifetime.Vendor),
			}, " "))
		}
	}
	return found
}

// TestI1InventoryHasEveryRowOnceAndComesBackWhole is requirement I1.
func TestI1InventoryHasEveryRowOnceAndComesBackWhole(t *testing.T) {
	draft, _ := gjerdrum(t)
	if len(draft.Services) != 11 || len(inventory) != 29 {
		t.Errorf("%d services, %d rows", len(draft.Services), len(inventory))
	}
	have := rows(draft)
	if !slices.Equal(have, inventory) {
		t.Errorf("have\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(inventory, "\n"))
	}
	keys := map[string]bool{}
	for _, row := range have {
		keys[strings.Join(strings.Fields(row)[:2], " ")] = true
	}
	if len(keys) != 29 {
		t.Errorf("%d different keys of service and pattern", len(keys))
	}

	file, err := FormatSite(draft)
	if err != nil {
		t.Fatal(err)
	}
	again, problems, err := ParseSite(file)
	if err != nil || len(problems.Faults()) > 0 {
		t.Fatal(err, problems.Faults())
	}
	if !reflect.DeepEqual(again, draft) {
		t.Error("what was written is not what is read back")
	}
	if twice, err := FormatSite(again); err != nil || !bytes.Equal(twice, file) {
		t.Error("the same draft is written in two ways", err)
	}
}

// TestE3LongAndMissingLifetimesAreWarnedOf is requirement E3 and the part of
// I4 that needs no scan.
func TestE3LongAndMissingLifetimesAreWarnedOf(t *testing.T) {
	_, problems := gjerdrum(t)
	have := map[string][]string{}
	for _, problem := range problems {
		have[problem.Code] = append(have[problem.Code], strings.ReplaceAll(strings.TrimPrefix(problem.Path, "services."), ".cookies.", "/"))
	}
	want := map[string][]string{
		"long_lifetime": {
			"siteimprove-analytics/nmstat.lifetime.declared", "billettlosning/_ga.lifetime.declared",
			"kommunekart/_ga.lifetime.declared", "kommunekart/wooTracker.lifetime.declared",
		},
		"no_lifetime": {
			"google-login/G_ENABLED_IDPS.lifetime.declared", "facebook-login/fbm_.lifetime.declared", "facebook-login/fbsr_.lifetime.declared",
		},
		"lifetime_differs": {
			"siteimprove-analytics/nmstat.lifetime.vendor", "billettlosning/_gat.lifetime.vendor", "billettlosning/_gid.lifetime.vendor",
			"kommunekart/_gat.lifetime.vendor", "kommune-tv/_ga.lifetime.vendor", "kommune-tv/_gid.lifetime.vendor",
		},
		"provider_unknown": {"billettlosning.provider.name", "kommune-tv.provider.name"},
	}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("have %v\nwant %v", have, want)
	}
}

// TestNothingThatVisitorsSeeIsLeftUntranslated finds English left standing in
// Norwegian, and bokmål left standing in nynorsk.
func TestNothingThatVisitorsSeeIsLeftUntranslated(t *testing.T) {
	draft, _ := gjerdrum(t)
	giveaways := map[consent.Language][]string{
		consent.Bokmaal: {" the ", " and ", " ikkje ", " korleis ", " kva ", " dersom "},
		consent.Nynorsk: {" the ", " and ", " ikke ", " hvordan ", " hvilke", " hvis ", " fra ", "nettleser ", "nettleseren", " tjeneste", " noe ", "videoer", "øsning"},
		consent.English: {" og ", " ikke ", " for å ", " som "},
	}
	texts := 0
	var check func(value reflect.Value)
	check = func(value reflect.Value) {
		if text, ok := value.Interface().(consent.Text); ok {
			for language, wording := range text {
				texts++
				for _, giveaway := range giveaways[language] {
					if strings.Contains(" "+wording+" ", giveaway) {
						t.Errorf("%s in %q", strings.TrimSpace(giveaway), wording)
					}
				}
			}
			return
		}
		switch value.Kind() {
		case reflect.Struct:
			for i := range value.NumField() {
				check(value.Field(i))
			}
		case reflect.Slice:
			for i := range value.Len() {
				check(value.Index(i))
			}
		case reflect.Pointer:
			if !value.IsNil() {
				check(value.Elem())
			}
		default: // nothing below
		}
	}
	check(reflect.ValueOf(*draft))
	if texts < 300 {
		t.Errorf("only %d texts were looked at", texts)
	}
}

// TestSchemaKnowsTheExample checks the schema that editors use: it must accept
// the example and everything FormatSite writes, and refuse what is not there.
func TestSchemaKnowsTheExample(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(SiteSchema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("site.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("site.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	file := example(t)
	if err := schema.Validate(asJSON(t, file)); err != nil {
		t.Error(err)
	}
	draft, _ := gjerdrum(t)
	written, err := FormatSite(draft)
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(asJSON(t, string(written))); err != nil {
		t.Error(err)
	}
	for _, wrong := range []struct{ after, old, by string }{
		{"site:", "radius: 4", "radios: 4"},
		{"site:", "heading_level: 2", "heading_level: 5"},
		{"key: billettlosning", "ask: banner", "ask: everywhere"},
		{"name: nmstat", "any_case: true", "any_case: perhaps"},
		{"key: minside", "    category: necessary\n", ""},
		{"services:", "key: kommunekart", "key: Kommune kart"},
		{"key: youtube", "checked: 2026-11-22", "checked: yesterday"},
	} {
		if schema.Validate(asJSON(t, replace(t, file, wrong.after, wrong.old, wrong.by))) == nil {
			t.Errorf("%q is accepted", wrong.by)
		}
	}
	if !strings.HasPrefix(file, "# yaml-language-server: $schema=../../config/site.schema.json\n") {
		t.Error("editors do not find the schema")
	}
}

// asJSON reads YAML as an editor does: dates are text.
func asJSON(t *testing.T, file string) any {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(file), &document); err != nil {
		t.Fatal(err)
	}
	var plain func(node *yaml.Node)
	plain = func(node *yaml.Node) {
		if node.Tag == "!!timestamp" {
			node.Tag = "!!str"
		}
		for _, child := range node.Content {
			plain(child)
		}
	}
	plain(&document)
	var values any
	if err := document.Decode(&values); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	read, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return read
}
