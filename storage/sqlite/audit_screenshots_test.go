package sqlite

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// A picture of the banner with one byte that was changed is named, and no other.
func TestChangedScreenshotIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := openTest(t, Options{Path: path, Exclusive: true})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	taken := []consent.Screenshot{storagetest.Screenshot(320), storagetest.Screenshot(1280)}
	if err := s.SaveScreenshots(t.Context(), "skogen", site.Bundle.ID, taken); err != nil {
		t.Fatal(err)
	}
	green(t, s)
	png := taken[1].PNG
	png[len(png)-1] ^= 1
	tamper(t, path, fmt.Sprintf("UPDATE screenshot SET png = x'%x' WHERE width = 1280", png))
	if faults := audit(t, s).Faults; len(faults) != 1 || faults[0].Site != "skogen" || !strings.Contains(faults[0].Why, "screenshot of bundle "+string(site.Bundle.ID)) ||
		!strings.Contains(faults[0].Why, "1280 pixels wide) is not what its hash says") {
		t.Errorf("the audit finds %+v", faults)
	}
}
