package banner

import (
	"github.com/samtykke/samtykke/consent"
)

// Size is what one part of a Bundle weighs.
type Size struct {
	Name   string
	Brotli int // bytes, quality 11
	Budget int // bytes
}

// The budgets, in bytes of brotli, for the Gjerdrum example.
const (
	mainBudget  = 6500
	gateBudget  = 2600
	panelBudget = 6000
	restBudget  = 2500
)

// Sizes measures the parts of a Notice's Bundle: the main file, the gate that is
// in it, and the panel and the rest of each language.
func Sizes(notice *consent.Notice) ([]Size, error) {
	files, err := compile(notice)
	if err != nil {
		return nil, err
	}
	gate, err := mainProgram(notice, "gate_alone.ts")
	if err != nil {
		return nil, err
	}
	alone, err := gate.bundle()
	if err != nil {
		return nil, err
	}
	sizes := []Size{
		{Name: consent.MainFile, Brotli: len(brotliOf(files[consent.MainFile])), Budget: mainBudget},
		{Name: "gate", Brotli: len(brotliOf(alone)), Budget: gateBudget},
	}
	for _, lang := range notice.Draft.Site.Languages {
		panel, rest := panelFile(lang), restFile(lang)
		sizes = append(sizes,
			Size{Name: panel, Brotli: len(brotliOf(files[panel])), Budget: panelBudget},
			Size{Name: rest, Brotli: len(brotliOf(files[rest])), Budget: restBudget})
	}
	return sizes, nil
}
