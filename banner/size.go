package banner

import (
	"bytes"

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
	restBudget  = 3200 // 2500 before placeholders told what they are for
)

// measuredID stands in for the bundle's id, which is another one after every
// change of a comment and would move the sizes by a few bytes.
const measuredID = "Q3x_8sLw0dE"

// measuredParts stands in for the main file's last line, for the same reason.
const measuredParts = "\n//zW0c7mRk1fGh9TqYb3LxUw"

// Sizes measures the parts of a Notice's Bundle: the main file, the gate that is
// in it, and the panel, what is a visitor's own in it, and the rest of each language.
func Sizes(notice *consent.Notice) ([]Size, error) {
	var sizes []Size
	said := consent.Shipped()
	measure := func(name string, p program, budget int) error {
		if projected, ok := p.modules["notice"].(*mainNotice); ok {
			projected.Bundle = measuredID
			p.defines = defines(projected)
		}
		body, err := p.bundle()
		if name == consent.MainFile {
			body = append(bytes.TrimRight(body, "\n"), measuredParts...)
		}
		sizes = append(sizes, Size{Name: name, Brotli: len(brotliOf(body)), Budget: budget})
		return err
	}
	main, err := mainProgram(notice, said, "main.ts")
	if err != nil {
		return nil, err
	}
	if err := measure(consent.MainFile, main, mainBudget); err != nil {
		return nil, err
	}
	gate, err := mainProgram(notice, said, "gate_alone.ts")
	if err != nil {
		return nil, err
	}
	if err := measure("gate", gate, gateBudget); err != nil {
		return nil, err
	}
	for _, lang := range notice.Draft.Site.Languages {
		if err := measure(panelFile(lang), panelProgram(notice, said.In(lang), lang), panelBudget); err != nil {
			return nil, err
		}
		if err := measure(mineFile(lang), mineProgram(said.In(lang), lang), mineBudget); err != nil {
			return nil, err
		}
		if err := measure(restFile(lang), restProgram(notice, said.In(lang), lang), restBudget); err != nil {
			return nil, err
		}
	}
	return sizes, nil
}
