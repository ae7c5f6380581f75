package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// changed is what a verb says with --json that changes one part of a draft.
type changed struct {
	Changed  bool
	Revision int
	Problems []consent.Problem
}

func (i installation) change(t *testing.T, args ...string) (said changed) {
	t.Helper()
	read(t, must(t, append(args, "--json", "--data", i.data)...), &said)
	return said
}

// cookieOf gives a cookie of the draft, which must be there.
func cookieOf(t *testing.T, draft *consent.Draft, service consent.ServiceKey, name string) *consent.Cookie {
	t.Helper()
	s := draft.Service(service)
	if s == nil {
		t.Fatalf("there is no service %s", service)
	}
	at := slices.IndexFunc(s.Cookies, func(c consent.Cookie) bool { return c.Pattern.Name == name })
	if at < 0 {
		t.Fatalf("there is no cookie %s", name)
	}
	return &s.Cookies[at]
}

// One field is changed, and everything else of the draft stays; the trail has it as the
// act of the page.
func TestSingleFieldsOfADraftOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	was := i.draft(t)
	said := i.change(t, "cookie", "set", "gjerdrum", "youtube", "YSC", "lifetime.declared=6 months", "purpose.nb=Teller & måler <nå>.")
	if !said.Changed {
		t.Errorf("got %+v", said)
	}
	now := i.draft(t)
	c := cookieOf(t, now, "youtube", "YSC")
	if c.Lifetime.Declared != "P6M" || c.Purpose["nb"] != "Teller & måler <nå>." || c.Purpose["en"] != cookieOf(t, was, "youtube", "YSC").Purpose["en"] {
		t.Errorf("got %+v", c)
	}
	*c = *cookieOf(t, was, "youtube", "YSC")
	if got, want := inventoryOf(t, now), inventoryOf(t, was); got != want {
		t.Error("something else changed, too")
	}
	if again := i.change(t, "cookie", "set", "gjerdrum", "youtube", "YSC", "lifetime.declared=P6M"); again.Changed || again.Revision != said.Revision {
		t.Errorf("the same again: %+v", again)
	}
	i.change(t, "service", "set", "gjerdrum", "youtube", "category=functional", `hosts=["www.youtube.com"]`, "link=")
	i.change(t, "category", "set", "gjerdrum", "maps", "name.nb=Kart")
	i.change(t, "text", "set", "gjerdrum", "categories.maps.name", "nn", "Kart")
	now = i.draft(t)
	if s := now.Service("youtube"); s.Category != "functional" || !slices.Equal(s.Hosts, []string{"www.youtube.com"}) || s.Link != "" || len(s.Cookies) != 4 {
		t.Errorf("got %+v", s)
	}
	if m := now.Category("maps"); m == nil || m.Name["nb"] != "Kart" || m.Name["nn"] != "Kart" {
		t.Errorf("got %+v", m)
	}
	want := []string{"draft.cookie.save youtube/YSC", "draft.service.save youtube", "draft.category.add maps", "draft.texts.save categories.maps.name.nn"}
	if got := i.told(t, "gjerdrum", "draft"); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// What cannot be read or breaks a rule changes nothing; what is not there is told with
// what is; and what is only missing is told, and saved.
func TestWrongFieldsOfADraftAreRefused(t *testing.T) {
	i := newInstallation(t)
	was := inventoryOf(t, i.draft(t))
	for says, args := range map[string][]string{
		"1 fault. Nothing was saved.":              {"cookie", "set", "gjerdrum", "youtube", "YSC", "lifetime.declared=soon"},
		"Nothing was saved.":                       {"service", "set", "gjerdrum", "youtube", "colour=red"},
		"The name is not the one":                  {"service", "set", "gjerdrum", "youtube", "key=vimeo"},
		"has no service \"vimeo\". There are":      {"service", "show", "gjerdrum", "vimeo"},
		"has no service \"tiktok\"":                {"cookie", "set", "gjerdrum", "tiktok", "X", "status=active"},
		"has no cookie \"youtube/X\". There are":   {"exemption", "set", "gjerdrum", "youtube", "X", "ground=requested"},
		"has no category \"x\". There are":         {"category", "remove", "gjerdrum", "x", "--yes"},
		"Put them into others first":               {"category", "remove", "gjerdrum", "marketing", "--yes"},
		"has no text \"services.youtube.nothing\"": {"text", "set", "gjerdrum", "services.youtube.nothing", "nb", "x"},
		"site does not come in this language":      {"service", "set", "gjerdrum", "youtube", "purpose.se=x"},
		"does not come in \"se\", but in":          {"text", "set", "gjerdrum", "services.youtube.name", "se", "x"},
		"\nNothing was saved.":                     {"text", "set", "gjerdrum", "services.youtube.name", "nb", "x\x01y"},
	} {
		i.refused(t, 1, strings.TrimPrefix(says, "\n"), args...)
	}
	i.refused(t, 2, "NAME=VALUE", "service", "set", "gjerdrum", "youtube", "category")
	i.refused(t, 2, "--file", "service", "set", "gjerdrum", "youtube")
	i.refused(t, 2, "name it", "text", "list", "--missing")
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was refused is saved")
	}
	said := i.change(t, "cookie", "set", "gjerdrum", "youtube", "ny", "purpose.nb=Ny.")
	if !said.Changed || !slices.ContainsFunc(said.Problems, func(p consent.Problem) bool { return strings.HasPrefix(p.Path, "services.youtube.cookies.ny.") }) {
		t.Errorf("what is missing is not told: %+v", said)
	}
	if c := cookieOf(t, i.draft(t), "youtube", "ny"); c.Pattern.Match != consent.MatchExact || c.Kind != consent.KindCookie {
		t.Errorf("got %+v", c)
	}
}

// Nothing is called necessary before somebody has signed the reason, as on the page. What
// is signed first is saved, and then it may be.
func TestNothingIsNecessaryBeforeItIsSigned(t *testing.T) {
	i := newInstallation(t)
	was := inventoryOf(t, i.draft(t))
	signed := []string{"exemption.ground=requested", "exemption.reason.nb=Holder deg innlogget.", "exemption.reviewer=Nettredaktør", "exemption.reviewed=2020-11-02"}
	ysc := []string{"cookie", "set", "gjerdrum", "youtube", "YSC", "category=necessary"}
	i.refused(t, 1, "necessary without a reason", ysc...)
	i.refused(t, 1, "necessary without a reason", "cookie", "set", "gjerdrum", "minside", "ny", "purpose.nb=Ny.")
	i.refused(t, 1, "necessary without a reason", "service", "set", "gjerdrum", "youtube", "category=necessary", "legal_basis=necessary", "ask=never")
	for missing := range signed {
		i.refused(t, 1, "1 fault. Nothing was saved.", slices.Concat(ysc, signed[:missing], signed[missing+1:])...)
	}
	i.refused(t, 1, "Nothing was saved.", "exemption", "set", "gjerdrum", "minside", "ASP.NET_SessionId", "reviewer=")
	if inventoryOf(t, i.draft(t)) != was {
		t.Fatal("what was refused is saved")
	}
	i.change(t, "exemption", "set", "gjerdrum", "youtube", "YSC", "ground=requested", "reason.nb=Holder deg innlogget.", "reviewer=Nettredaktør", "reviewed=2020-11-02")
	i.change(t, ysc...)
	if c := cookieOf(t, i.draft(t), "youtube", "YSC"); c.Category != consent.Necessary || c.Exemption == nil || c.Exemption.Reviewer != "Nettredaktør" {
		t.Errorf("got %+v", c)
	}
}

// Of a cookie that is not there no reason is removed, and none is added by that.
func TestARemovedReasonAsksFirst(t *testing.T) {
	i := newInstallation(t)
	i.refused(t, 1, "has no cookie", "exemption", "remove", "gjerdrum", "minside", "nothing", "--yes")
	remove := []string{"exemption", "remove", "gjerdrum", "minside", "ASP.NET_SessionId", "--data", i.data}
	if said := must(t, remove...); !strings.Contains(said, "The exemption of the cookie minside/ASP.NET_SessionId would be removed") || !strings.Contains(said, "--yes") {
		t.Errorf("got %s", said)
	}
	if cookieOf(t, i.draft(t), "minside", "ASP.NET_SessionId").Exemption == nil {
		t.Fatal("it is removed before --yes")
	}
	must(t, append(remove, "--yes")...)
	if said := must(t, remove...); !strings.Contains(said, "says so already") {
		t.Errorf("got %s", said)
	}
}

// A whole service is written out, changed and read in, and not over what somebody else has
// changed meanwhile.
func TestAWholeServiceIsSetOnlyOverWhatWasSeen(t *testing.T) {
	i := newInstallation(t)
	shown := invoke(t, "service", "show", "gjerdrum", "youtube", "--data", i.data)
	found := regexp.MustCompile(`revision (\d+)`).FindStringSubmatch(shown.err)
	if shown.code != 0 || found == nil {
		t.Fatalf("got %+v", shown)
	}
	revision := found[1]
	file := written(t, "youtube.json", strings.ReplaceAll(shown.out, "Google Ireland Limited", "Google Ireland Ltd"))
	set := []string{"service", "set", "gjerdrum", "youtube", "--file", file}
	i.refused(t, 2, "--revision", set...)
	must(t, "text", "set", "gjerdrum", "services.youtube.name", "nn", "Film", "--data", i.data)
	i.refused(t, 1, "somebody has changed it meanwhile", append(set, "--revision", revision)...)
	if s := i.draft(t).Service("youtube"); s.Name["nn"] != "Film" || s.Provider.Name != "Google Ireland Limited" {
		t.Fatalf("got %+v", s)
	}
	now, err := strconv.Atoi(revision)
	if err != nil {
		t.Fatal(err)
	}
	if said := i.change(t, append(set, "--revision", strconv.Itoa(now+1))...); !said.Changed || said.Revision != now+2 {
		t.Errorf("got %+v", said)
	}
	if s := i.draft(t).Service("youtube"); s.Provider.Name != "Google Ireland Ltd" || len(s.Cookies) != 4 {
		t.Errorf("got %+v", s)
	}
	i.refused(t, 1, "no JSON object", "service", "set", "gjerdrum", "vimeo", "--file", written(t, "x.json", "[1]"))
	in := invokeWith(t, `{"key":"vimeo","name":{"nb":"Vimeo"},"category":"marketing","ask":"banner","legal_basis":"consent"}`, "service", "set", "gjerdrum", "vimeo", "--file", "-", "--data", i.data)
	if in.code != 0 || i.draft(t).Service("vimeo") == nil {
		t.Errorf("got %+v", in)
	}
}

// Lists give what there is, with the revision; nothing is removed before --yes.
func TestPartsOfADraftAreListedAndRemoved(t *testing.T) {
	i := newInstallation(t)
	var list struct {
		Revision   int
		Services   []consent.Service
		Cookies    []struct{ Service, Cookie json.RawMessage }
		Categories []consent.Category
		Exemptions []struct {
			Service, Cookie string
			Exemption       *consent.Exemption
		}
	}
	for _, kind := range []string{"service", "cookie", "category", "exemption"} {
		read(t, must(t, kind, "list", "gjerdrum", "--json", "--data", i.data), &list)
	}
	draft := i.draft(t)
	if list.Revision == 0 || len(list.Services) != len(draft.Services) || len(list.Categories) != 4 || len(list.Cookies) != 29 || len(list.Exemptions) < 5 {
		t.Errorf("got %+v", list)
	}
	if said := must(t, "cookie", "list", "gjerdrum", "youtube", "--data", i.data); strings.Count(said, "\n") != 5 || !strings.Contains(said, "8 months") {
		t.Errorf("got %s", said)
	}
	if said := must(t, "exemption", "list", "gjerdrum", "--data", i.data); !strings.Contains(said, "ASP.NET_SessionId") || !strings.Contains(said, "Nettredaktør i Gjerdrum kommune") {
		t.Errorf("got %s", said)
	}
	if said := must(t, "text", "list", "gjerdrum", "--data", i.data); !strings.Contains(said, "services.youtube.cookies.YSC.purpose") {
		t.Errorf("got %s", said)
	}
	for _, part := range [][]string{{"cookie", "remove", "gjerdrum", "youtube", "YSC"}, {"service", "remove", "gjerdrum", "youtube"}, {"exemption", "remove", "gjerdrum", "minside", "ASP.NET_SessionId"}} {
		if said := must(t, append(part, "--data", i.data)...); !strings.Contains(said, "would be removed") {
			t.Errorf("got %s", said)
		}
	}
	if got, want := inventoryOf(t, i.draft(t)), inventoryOf(t, draft); got != want {
		t.Fatal("what was only looked at is gone")
	}
	i.change(t, "cookie", "remove", "gjerdrum", "youtube", "YSC", "--yes")
	if s := i.draft(t).Service("youtube"); len(s.Cookies) != 3 {
		t.Errorf("got %+v", s.Cookies)
	}
	i.change(t, "exemption", "remove", "gjerdrum", "minside", "ASP.NET_SessionId", "--yes")
	if cookieOf(t, i.draft(t), "minside", "ASP.NET_SessionId").Exemption != nil {
		t.Error("the exemption is there still")
	}
	i.change(t, "service", "remove", "gjerdrum", "youtube", "--yes")
	if i.draft(t).Service("youtube") != nil {
		t.Error("the service is there still")
	}
	if got, want := i.told(t, "gjerdrum", "draft"), []string{"draft.cookie.remove youtube/YSC", "draft.cookie.save minside/ASP.NET_SessionId", "draft.service.remove youtube"}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// The commands of the topic do what it says, one after the other, as they stand there.
func TestCommandsAboutDraftsRunAsWritten(t *testing.T) {
	i := newInstallation(t)
	must(t, "site", "add", "gjerdrum", "Bibliotek", "bibliotek.example", "--data", i.data)
	i.change(t, "service", "set", "bibliotek", "matomo", "name.nb=Matomo", "category=statistics")
	topic, err := os.ReadFile("help/draft.txt")
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	commands := 0
	for line := range strings.Lines(string(topic)) {
		if strings.HasPrefix(line, "    samtykke ") {
			commands++
		}
		if strings.HasPrefix(line, "    ") {
			script.WriteString(line)
		}
	}
	if commands < 14 {
		t.Fatalf("only %d commands are found", commands)
	}
	folder := t.TempDir()
	if err := os.Symlink(program(t), filepath.Join(folder, "samtykke")); err != nil {
		t.Fatal(err)
	}
	// The example counts revisions of its own.
	whole := strings.Replace(script.String(), "--revision 7", "--revision $(samtykke service list gjerdrum --json | sed 's/.*\"revision\":\\([0-9]*\\).*/\\1/')", 1)
	cmd := exec.CommandContext(t.Context(), "sh", "-e", "-c", whole)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"), "SAMTYKKE_STORAGE_SQLITE_PATH="+filepath.Join(i.data, "samtykke.db"))
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v:\n%s", err, said)
	}
	draft := i.draft(t)
	if e := cookieOf(t, draft, "minside", "ASP.NET_SessionId").Exemption; e == nil || e.Reviewed != "2025-06-02" || e.Reason["nb"] != "Holder deg innlogget." {
		t.Errorf("got %+v", e)
	}
	if draft.Service("youtube") != nil || draft.Service("matomo") == nil {
		t.Error("the services are not as the commands say")
	}
}

// A plain value is a list of one where texts are listed, and codes stand between commas;
// what is no list stays text, commas or not, and a number is one where one is expected.
func TestListsTakePlainValues(t *testing.T) {
	i := newInstallation(t)
	must(t, "service", "set", "gjerdrum", "nytt", "category=statistics", "name.nb=A, B", "provider.name=Acme, Inc.", "provider.country=NO", "--data", i.data)
	i.change(t, "service", "set", "gjerdrum", "nytt", "hosts=a.example, b.example", "storage_locations=NO,SE,", "never_on=/a,b/", "notes=One, two.")
	must(t, "cookie", "set", "gjerdrum", "nytt", "[a]b", "pattern.aliases=[a]c", "notes=true enough", "--data", i.data)
	s := i.draft(t).Service("nytt")
	c := cookieOf(t, i.draft(t), "nytt", "[a]b")
	for _, each := range []struct{ got, want []string }{
		{s.Provider.Country, []string{"NO"}},
		{s.Hosts, []string{"a.example", "b.example"}},
		{s.Locations, []string{"NO", "SE"}},
		{s.NeverOn, []string{"/a,b/"}},
		{s.Notes, []string{"One, two."}},
		{c.Pattern.Aliases, []string{"[a]c"}},
		{c.Notes, []string{"true enough"}},
		{[]string{s.Name["nb"], s.Provider.Name}, []string{"A, B", "Acme, Inc."}},
	} {
		if !slices.Equal(each.got, each.want) {
			t.Errorf("got %q, want %q", each.got, each.want)
		}
	}
	i.change(t, "service", "set", "gjerdrum", "nytt", `provider.country=["IE", "US"]`, "hosts=")
	if s := i.draft(t).Service("nytt"); !slices.Equal(s.Provider.Country, []string{"IE", "US"}) || s.Hosts != nil {
		t.Errorf("got %+v", s)
	}
	i.refused(t, 1, "A list is expected here", "service", "set", "gjerdrum", "nytt", "recipients=Acme")
	must(t, "service", "set", "gjerdrum", "nytt", "purpose_revision=3", "--data", i.data)
	i.change(t, "category", "set", "gjerdrum", "statistics", "purpose_revision=2", "purpose.nb=2")
	if d := i.draft(t); d.Service("nytt").PurposeRevision != 3 || d.Category("statistics").PurposeRevision != 2 || d.Category("statistics").Purpose["nb"] != "2" {
		t.Errorf("got %+v, %+v", d.Service("nytt"), d.Category("statistics"))
	}
	i.refused(t, 1, "not a whole number", "service", "set", "gjerdrum", "nytt", "purpose_revision=some")
}
