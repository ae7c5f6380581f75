package banner

import (
	"bytes"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

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
	mineBudget  = 1600
	placeBudget = 2600
	restBudget  = 1850
	adminBudget = 2600 // the administration's script, of any site
)

// measuredID stands in for the bundle's id, which is another one after every
// change of a comment and would move the sizes by a few bytes.
const measuredID = "Q3x_8sLw0dE"

// measuredParts stands in for the main file's last line, for the same reason.
const measuredParts = "\n//zW0c7mRk1fGh9TqYb3LxUw"

// Sizes measures the parts of a Notice's Bundle: the main file, the gate that is
// in it, and of each language the panel, what is a visitor's own in it, placeholders, and the rest.
func Sizes(notice *consent.Notice) ([]Size, error) {
	main, err := MainSize(notice, consent.MainFile, mainBudget)
	if err != nil {
		return nil, err
	}
	sizes := []Size{main}
	said := consent.Shipped()
	measure := func(name string, p program, budget int) error {
		body, err := p.bundle()
		sizes = append(sizes, Size{Name: name, Brotli: len(brotliOf(body)), Budget: budget})
		return err
	}
	gate, err := measuredProgram(notice, "gate_alone.ts")
	if err != nil {
		return nil, err
	}
	if err := measure("gate", gate, gateBudget); err != nil {
		return nil, err
	}
	for _, lang := range notice.Draft.Site.Languages {
		for _, part := range partsIn(notice, said.In(lang), lang) {
			if err := measure(part.file, part.program, part.budget); err != nil {
				return nil, err
			}
		}
	}
	return sizes, nil
}

// AdminSize measures the script of the administration.
func AdminSize() (Size, error) {
	body, err := Admin()
	return Size{Name: "admin.js", Brotli: len(brotliOf(body)), Budget: adminBudget}, err
}

// spokenPart is a file of a Bundle that a language has of its own.
type spokenPart struct {
	name, file string
	program    program
	budget     int
	wider      int // how much more the file may take in a script of two bytes a letter
}

func partsIn(notice *consent.Notice, said *consent.Translation, lang consent.Language) []spokenPart {
	return []spokenPart{
		{"panel", panelFile(lang), panelProgram(notice, said, lang), panelBudget, 0},
		{"mine", mineFile(lang), mineProgram(said, lang), mineBudget, 200},
		{"place", placeFile(lang), placeProgram(notice, said, lang), placeBudget, 200},
		{"rest", restFile(lang), restProgram(notice, said, lang), restBudget, 100},
	}
}

// HeaviestSizes has a Site speak each shipped language, its inventory in its own
// ones, and gives of each part the heaviest file.
func HeaviestSizes(notice *consent.Notice) ([]Size, error) {
	var mu sync.Mutex
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	heaviest := make([]Size, len(partsIn(notice, consent.Shipped()[consent.English], consent.English)))
	for _, lang := range consent.Languages() {
		spoken := *notice
		spoken.Draft.Site.Languages = append(slices.Clone(notice.Draft.Site.Languages), lang)
		for i, part := range partsIn(&spoken, consent.Shipped()[lang], lang) {
			group.Go(func() error {
				body, err := part.program.bundle()
				size := Size{Name: part.name + " in " + string(lang), Brotli: len(brotliOf(body)), Budget: part.budget + part.wider}
				mu.Lock()
				defer mu.Unlock()
				if size.Brotli > heaviest[i].Brotli || size.Brotli == heaviest[i].Brotli && size.Name < heaviest[i].Name {
					heaviest[i] = size
				}
				return err
			})
		}
	}
	return heaviest, group.Wait()
}

// MainSize measures the main file of a Notice. What it is called and may weigh
// depends on what the site uses.
func MainSize(notice *consent.Notice, name string, budget int) (Size, error) {
	main, err := measuredProgram(notice, "main.ts")
	if err != nil {
		return Size{}, err
	}
	body, err := main.bundle()
	body = append(bytes.TrimRight(body, "\n"), measuredParts...)
	return Size{Name: name, Brotli: len(brotliOf(body)), Budget: budget}, err
}

// measuredProgram is a main program under the id that stands in for the bundle's.
func measuredProgram(notice *consent.Notice, entry string) (program, error) {
	p, err := mainProgram(notice, consent.Shipped(), entry)
	if err != nil {
		return program{}, err
	}
	projected := p.modules["notice"].(*mainNotice)
	projected.Bundle = measuredID
	p.defines = defines(projected)
	return p, nil
}
