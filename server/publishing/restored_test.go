package publishing_test

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Who goes back to an earlier notice loses no text in a language that the site has not
// now: the notice never said it, and the draft keeps it for when the language comes back.
func TestRestoringKeepsWhatNoNoticeSays(t *testing.T) {
	published := storagetest.Draft("skogen")
	notice, err := consent.Freeze(consent.Revise(published, nil), 1, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	draft := storagetest.Draft("skogen")
	draft.Services[0].Name = consent.Text{consent.Bokmaal: "Noe annet", consent.English: "Something else", "sv": "Räknare"}
	draft.Site.Name["sv"] = "Skogen på svenska"
	restored := publishing.Restored(notice, &draft)
	name := restored.Services[0].Name
	if name["sv"] != "Räknare" || restored.Site.Name["sv"] != "Skogen på svenska" {
		t.Errorf("texts in a language that the site lacks are lost: %v, %v", name, restored.Site.Name)
	}
	if name[consent.Bokmaal] != published.Services[0].Name[consent.Bokmaal] {
		t.Errorf("the name is %q, and not the notice's", name[consent.Bokmaal])
	}
}
