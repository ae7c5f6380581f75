package help

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What people look for is found, in their words and those of the articles: first, or
// among the first three where several articles tell of it.
func TestWhatPeopleLookForIsFound(t *testing.T) {
	for _, c := range []struct {
		lang           consent.Language
		query, article string
		within         int
	}{
		{consent.Bokmaal, "slette en informasjonskapsel", "service", 1},
		{consent.Bokmaal, "angre publisering", "notices", 3},
		{consent.Bokmaal, "varsel e-post", "notifications", 1},
		{consent.Bokmaal, "epost varsling", "notifications", 1},
		{consent.Bokmaal, "varslinger", "notifications", 1},
		{consent.Bokmaal, "entra", "login", 1},
		{consent.Bokmaal, "oidc", "login", 1},
		{consent.Bokmaal, "hvordan legger jeg til et nettsted", "site", 1},
		{consent.Bokmaal, "glemt passord", "login", 1},
		{consent.Bokmaal, "mistet telefonen", "lost-factor", 1},
		{consent.Bokmaal, "to personer", "publish", 1},
		{consent.Bokmaal, "tofaktor", "account", 1},
		{consent.Bokmaal, "nøkkelbytte api", "api-keys", 3},
		{consent.Bokmaal, "levetid cookie", "service", 1},
		{consent.Bokmaal, "kontrast farger", "settings", 1},
		{consent.Bokmaal, "sikkerhetskopi", "operation", 1},
		{consent.Bokmaal, "backup", "operation", 1},
		{consent.Bokmaal, "youtube", "frames", 1},
		{consent.Bokmaal, "google analytics", "tag-manager", 1},
		{consent.Bokmaal, "innsynsbegjæring", "requests", 1},
		{consent.Bokmaal, "innsyn frist", "requests", 1},
		{consent.Bokmaal, "lese inn csv", "import", 3},
		{consent.Bokmaal, "excel", "excel", 1},
		{consent.Bokmaal, "slette beslutning", "decision", 1},
		{consent.Bokmaal, "invitere bruker", "people", 1},
		{consent.Bokmaal, "hvem blir spurt igjen", "publish", 1},
		{consent.Bokmaal, "lagringstid", "settings", 1},
		{consent.Bokmaal, "oversette tekster", "texts", 1},
		{consent.Bokmaal, "samisk", "texts", 1},
		{consent.Bokmaal, "statistikk", "figures", 1},
		{consent.Bokmaal, "reversere publisering", "notices", 3},
		{consent.Bokmaal, "gå tilbake til forrige versjon", "notices", 3},
		{consent.Bokmaal, "oidc entra", "login", 1},
		{consent.Bokmaal, "chat", "blocks", 1},
		{consent.Bokmaal, "nødvendige kapsler", "categories", 1},
		{consent.Bokmaal, "overføring usa", "service", 1},
		{consent.Bokmaal, "lime inn skriptet", "script-tag", 1},
		{consent.Bokmaal, "ukjent tjeneste", "findings", 1},
		{consent.Bokmaal, "feilmelding", "trouble", 1},
		{consent.Nynorsk, "slette ein informasjonskapsel", "service", 1},
		{consent.Nynorsk, "angre publisering", "notices", 3},
		{consent.Nynorsk, "varsel e-post", "notifications", 1},
		{consent.Nynorsk, "korleis legg eg til ein nettstad", "site", 1},
		{consent.Nynorsk, "gløymt passord", "login", 1},
		{consent.Nynorsk, "omsetje tekstar", "texts", 1},
		{consent.Nynorsk, "tryggingskopi", "operation", 1},
		{consent.Nynorsk, "statistikk", "figures", 1},
		{consent.Nynorsk, "førespurnad innsyn", "requests", 1},
		{consent.Nynorsk, "bokmål nynorsk", "texts", 1},
		{consent.Nynorsk, "invitere nokon", "people", 1},
		{consent.Nynorsk, "levetid", "inventory", 1},
		{consent.Nynorsk, "fargar", "settings", 1},
		{consent.English, "restore", "notices", 3},
		{consent.English, "undo publishing", "notices", 3},
		{consent.English, "delete a cookie", "service", 1},
		{consent.English, "oidc entra", "login", 1},
		{consent.English, "email notification", "notifications", 1},
		{consent.English, "backup", "operation", 1},
		{consent.English, "how do I add a website", "site", 1},
		{consent.English, "forgot password", "login", 1},
		{consent.English, "two factor", "account", 1},
		{consent.English, "import csv", "import", 1},
		{consent.English, "youtube video", "frames", 1},
		{consent.English, "statistics", "figures", 1},
		{consent.English, "who gets asked again", "publish", 1},
		{consent.English, "revoke key", "api-keys", 1},
		{consent.English, "translate", "texts", 1},
		{consent.English, "access request deadline", "requests", 1},
		{consent.English, "google tag manager", "tag-manager", 1},
		{consent.English, "restore backup", "operation", 1},
		{consent.Bokmaal, "logo", "settings", 1},
		{consent.Nynorsk, "logo", "settings", 1},
		{consent.English, "logo", "settings", 1},
		{consent.English, "dark colours", "settings", 1},
	} {
		hits := book(t).Search(c.lang, c.query)
		names := make([]string, len(hits))
		for i := range hits {
			names[i] = hits[i].Name
		}
		if at := slices.Index(names, c.article); at < 0 || at >= c.within {
			t.Errorf("%s: %q finds %v, want %s among the first %d", c.lang, c.query, names, c.article, c.within)
		}
	}
}

// Articles that have only some of the words come after those that have all, and say so.
func TestSomeOfTheWordsComeAfterAll(t *testing.T) {
	some, whole := 0, 0
	for _, hit := range book(t).Search(consent.Bokmaal, "varsel epost") {
		if hit.Some {
			some++
			continue
		}
		if whole++; some > 0 {
			t.Errorf("%s has all the words and comes after one that has not", hit.Name)
		}
	}
	if some == 0 || some > mostOfSome || whole == 0 {
		t.Errorf("%d articles have all the words, and %d some of them", whole, some)
	}
	for _, hit := range book(t).Search(consent.Bokmaal, "inventaret zzyzx") {
		if !hit.Some {
			t.Errorf("%s is said to have a word that no article has", hit.Name)
		}
	}
}
